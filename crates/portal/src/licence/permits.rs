//! What each state lets the portal, a device and rule updates do, in words: the one table of `rempart_wire::licence`, read
//! out. States that permit the same stand together.

use super::{Permits, State};
use jiff::Timestamp;

/// States that permit the same.
#[derive(Debug, Clone)]
pub struct Group {
    /// As in the API and in the keys of language files, in the order of a licence's life.
    pub states: Vec<&'static str>,
    /// What they permit.
    pub permits: Permits,
    /// The state of the licence the page is about, when it is one of these.
    pub here: Option<&'static str>,
}

impl Group {
    /// What is told of it: the key of a sentence, and whether it is so.
    #[must_use]
    pub fn sentences(&self) -> [(String, bool); 5] {
        let permits = self.permits;
        let say = |what: &str, yes: bool| (format!("permits-{what}{}", if yes { "" } else { "-not" }), yes);
        [
            say("protection", permits.protection),
            say("console", permits.console),
            say("rules", permits.rule_updates),
            say("devices", permits.new_devices),
            say("valid", permits.valid),
        ]
    }
}

/// Every state, with those that permit the same.
#[must_use]
pub fn groups(here: Option<State>) -> Vec<Group> {
    let states = [
        State::Unstarted,
        State::Trial { days: 0 },
        State::Active,
        State::Expiring { days: 0 },
        State::Grace {
            until: Timestamp::UNIX_EPOCH,
        },
        State::Expired {
            at: Timestamp::UNIX_EPOCH,
        },
        State::Suspended,
        State::Revoked,
        State::Merged,
    ];
    let here = here.map(State::as_str);
    let mut groups: Vec<Group> = Vec::new();
    for state in states {
        let (name, permits) = (state.as_str(), state.permits());
        match groups.iter_mut().find(|group| group.permits == permits) {
            Some(group) => group.states.push(name),
            None => groups.push(Group {
                states: vec![name],
                permits,
                here: None,
            }),
        }
    }
    for group in &mut groups {
        group.here = here.filter(|here| group.states.contains(here));
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::lang::Lang;

    #[test]
    fn every_state_and_what_it_permits_has_its_words_in_both_languages() {
        let groups = groups(Some(State::Active));
        assert_eq!(
            groups.iter().filter(|group| group.here == Some("active")).count(),
            1
        );
        assert_eq!(groups.iter().flat_map(|group| &group.states).count(), 9);
        for lang in Lang::ALL {
            for group in &groups {
                for state in &group.states {
                    assert!(
                        lang.knows(&format!("licence-state-{state}")),
                        "{} {state}",
                        lang.as_str()
                    );
                }
                for (sentence, _) in group.sentences() {
                    assert!(lang.knows(&sentence), "{} {sentence}", lang.as_str());
                }
            }
        }
    }
}
