use super::CommandLine;
use crate::lang::Language;
use clap::{Arg, ArgAction, Command, CommandFactory};
use std::ffi::OsString;

/// The command line with its help in a language.
pub(super) fn command(language: Language) -> Command {
    speak(CommandLine::command(), "help", language)
}

/// The language asked for on the command line, before it is read as a whole: help and mistakes are told in it, too.
pub(super) fn asked_for(arguments: &[OsString]) -> Option<Language> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix("--lang") {
            Some("") => return arguments.next()?.parse().ok(),
            Some(value) => return value.strip_prefix('=')?.parse().ok(),
            None => {}
        }
    }
    None
}

/// Gives a command, its arguments and the commands below it their sentences: `help-scan`, `help-scan-json`.
fn speak(command: Command, key: &str, language: Language) -> Command {
    let say = |key: &str| language.say(key, &[]);
    let named = |argument: &Arg| say(&format!("{key}--{}", argument.get_id()));
    let command = command
        .about(say(key))
        .mut_args(|argument| {
            let sentence = named(&argument);
            argument.help(sentence)
        })
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(flag("help", 'h', ArgAction::Help, &say("help-of-help")))
        .help_template(format!(
            "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}",
            say("help-usage")
        ))
        .subcommand_help_heading(say("help-commands"));
    let command = match command.get_version() {
        Some(_) => command.disable_version_flag(true).arg(flag(
            "version",
            'V',
            ArgAction::Version,
            &say("help-of-version"),
        )),
        None => command.disable_version_flag(true),
    };
    command.mut_subcommands(|below| {
        let key = format!("{key}-{}", below.get_name());
        speak(below, &key, language)
    })
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &str) -> Arg {
    Arg::new(name)
        .short(short)
        .long(name)
        .action(action)
        .help(help.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sentence of a help, by its key.
    fn sentences(command: &Command, key: &str, all: &mut Vec<(String, String)>) {
        let text =
            |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string).unwrap_or_default();
        all.push((key.to_owned(), text(command.get_about())));
        for argument in command.get_arguments() {
            all.push((format!("{key}--{}", argument.get_id()), text(argument.get_help())));
        }
        for below in command.get_subcommands() {
            sentences(below, &format!("{key}-{}", below.get_name()), all);
        }
    }

    #[test]
    fn the_help_is_whole_in_both_languages_and_the_english_is_that_of_the_source() {
        let mut all = Vec::new();
        sentences(&CommandLine::command(), "help", &mut all);
        assert!(all.len() > 25, "{}", all.len());
        for (key, source) in all {
            assert_eq!(Language::English.say(&key, &[]), source, "{key}");
            let french = Language::French.say(&key, &[]);
            assert!(!french.is_empty() && french != source, "{key}: {french}");
        }
    }

    #[test]
    fn the_commands_fit_together() {
        command(Language::French).debug_assert();
        command(Language::English).debug_assert();
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        let of = |line: &str| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            asked_for(&arguments)
        };
        assert_eq!(of("scan --lang fr x"), Some(Language::French));
        assert_eq!(of("--lang=en scan"), Some(Language::English));
        assert_eq!(of("scan --lang"), None);
        assert_eq!(of("scan --language fr"), None);
        assert_eq!(of("scan x"), None);
    }
}
