use super::{CommandLine, fail, runtime};
use crate::link::{self, EnrolRequest, Enrolled, LinkError, Machine, Timing};
use clap::Args;
use rempart_wire::exit;
use std::{convert::Infallible, fmt, fs, path::PathBuf, str::FromStr};
use zeroize::Zeroizing;

/// Makes this computer a device of a workspace
#[derive(Debug, Args)]
pub struct Enrol {
    /// Address of the portal, as in the browser
    #[arg(long, value_name = "URL")]
    pub portal: String,
    /// Enrolment token; better given in the environment, where other people's lists of programs do not show it
    #[arg(
        long,
        value_name = "TOKEN",
        env = "REMPART_AGENT_TOKEN",
        hide_env_values = true
    )]
    pub token: Secret,
    /// Name of the device; otherwise the computer's
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// File with certificate authorities to trust besides the computer's own (PEM)
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Allow an unencrypted connection to another computer
    #[arg(long)]
    pub insecure_http: bool,
}

/// A text that is never shown.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text, for what it is needed for and nothing else.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(Zeroizing::new(text.trim().to_owned())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl Enrol {
    /// Enrols; nothing changes on this computer unless it works.
    pub(super) fn run(&self, line: &CommandLine) -> u8 {
        let language = line.language();
        let authorities = match self.ca.as_deref().map(fs::read_to_string).transpose() {
            Ok(authorities) => authorities,
            Err(error) => {
                let path = self.ca.as_ref().map(|path| path.display().to_string());
                let arguments = [
                    ("path", path.unwrap_or_default().into()),
                    ("reason", error.to_string().into()),
                ];
                eprintln!("{}", language.say("ca-unreadable", &arguments));
                return exit::ERROR;
            }
        };
        let agent = match line.agent() {
            Ok(agent) => agent,
            Err(error) => return fail(&error.sentence(language)),
        };
        let request = EnrolRequest {
            portal: self.portal.clone(),
            token: self.token.0.clone(),
            name: self.name.clone(),
            authorities,
            insecure_http: self.insecure_http,
        };
        let machine = Machine::this(agent.world.id());
        let enrolled = runtime().and_then(|runtime| {
            runtime.block_on(link::enrol(&agent, &machine, &Timing::default(), &request))
        });
        match enrolled {
            Ok(enrolled) => report(line, &enrolled),
            Err(error) => {
                eprintln!("{}", error.sentence(language));
                eprintln!("{}", language.say("enrol-nothing-changed", &[]));
                code(&error)
            }
        }
    }
}

fn report(line: &CommandLine, enrolled: &Enrolled) -> u8 {
    let language = line.language();
    let device = ("device", enrolled.device.to_string().into());
    let sentence = match &enrolled.settings {
        Some(settings) => language.say(
            "enrolled",
            &[device.clone(), ("workspace", settings.workspace.as_str().into())],
        ),
        None => language.say("enrolled-plain", std::slice::from_ref(&device)),
    };
    println!("{sentence}");
    if enrolled.again {
        println!("{}", language.say("enrolled-again", &[device]));
    }
    println!("{}", language.say("enrolled-next", &[]));
    exit::OK
}

/// The exit code of a failed connection.
pub(super) fn code(error: &LinkError) -> u8 {
    match error {
        LinkError::Refused(_) => exit::REFUSED,
        _ => exit::ERROR,
    }
}
