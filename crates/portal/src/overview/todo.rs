//! What to do next, from facts alone; the most pressing first.

use super::facts::Facts;
use crate::{
    base::{
        authz::{Action, Role},
        lang::Lang,
    },
    licence::State,
};
use rempart_wire::WorkspaceId;

/// Where devices are added, below the workspace.
pub(super) const ADD_DEVICE: &str = "/devices/add";

macro_rules! todos {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $icon:literal, $tone:literal, $may:ident, $to:expr;)*) => {
        /// Something a person should do next.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Kind { $($(#[$doc])* $name),* }

        impl Kind {
            #[cfg(test)]
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As in the API.
            pub(super) const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            pub(super) const fn icon(self) -> &'static str {
                match self { $(Self::$name => $icon),* }
            }

            pub(super) const fn tone(self) -> &'static str {
                match self { $(Self::$name => $tone),* }
            }

            /// What one has to be allowed to do it.
            pub(super) const fn needs(self) -> Action {
                match self { $(Self::$name => Action::$may),* }
            }

            /// Where it is done, below the workspace.
            const fn place(self) -> &'static str {
                match self { $(Self::$name => $to),* }
            }
        }
    };
}

todos! {
    /// Malicious files are still where they were found.
    SettleDetections = "settle_detections", "bad", "bad", ManageProtection, "/detections?action=quarantine_failed";
    /// The workspace has no licence.
    AttachLicence = "attach_licence", "key", "warn", ManageLicence, "/licence";
    /// The licence has expired; in the grace period, or after it.
    RenewLicence = "renew_licence", "key", "bad", ManageLicence, "/settings";
    /// The licence is suspended or revoked.
    ReplaceLicence = "replace_licence", "key", "bad", ManageLicence, "/licence";
    /// A credential is in use on two machines.
    EnrolDuplicates = "enrol_duplicates", "warn", "warn", ManageProtection, "/devices?state=attention";
    /// Devices are not well.
    LookAtDevices = "look_at_devices", "warn", "warn", ManageProtection, "/devices?state=attention";
    /// A file could not be restored or deleted.
    LookAtQuarantine = "look_at_quarantine", "box", "warn", ManageProtection, "/quarantine";
    /// No device yet.
    AddDevice = "add_device", "plus", "off", ManageProtection, ADD_DEVICE;
    /// Nothing was ever scanned.
    FirstScan = "first_scan", "scan", "off", ManageProtection, "/scans/new";
    /// There are more devices than seats.
    ChooseDevices = "choose_devices", "key", "warn", ManageProtection, "/devices/seats";
    /// All seats are taken.
    AddSeats = "add_seats", "key", "off", ManageLicence, "/settings";
    /// The licence ends soon.
    ExpiringLicence = "expiring_licence", "clock", "warn", ManageLicence, "/settings";
    /// Devices that have not been heard of for long hold seats.
    ReleaseSeats = "release_seats", "off", "off", ManageProtection, "/devices/seats?silent=true";
    /// Devices are off.
    FindOfflineDevices = "find_offline_devices", "off", "off", ManageProtection, "/devices?state=offline";
}

/// One thing to do, and how many it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Todo {
    pub(super) kind: Kind,
    pub(super) n: u64,
}

impl Todo {
    fn say(self, l: Lang, part: &str) -> String {
        let key = format!("todo-{}-{part}", self.kind.code().replace('_', "-"));
        l.t1(&key, "n", self.n)
    }

    pub(super) fn title(self, l: Lang) -> String {
        self.say(l, "title")
    }

    pub(super) fn text(self, l: Lang) -> String {
        self.say(l, "text")
    }

    pub(super) fn verb(self, l: Lang) -> String {
        self.say(l, "verb")
    }

    pub(super) fn href(self, workspace: WorkspaceId) -> String {
        format!("/workspaces/{workspace}{}", self.kind.place())
    }

    /// Whether somebody in this role can do it.
    pub(super) fn is_for(self, role: Role) -> bool {
        self.kind.needs().allowed(role)
    }
}

pub(super) fn list(facts: &Facts) -> Vec<Todo> {
    let devices = &facts.devices;
    let steers = facts.mode.portal_steers();
    let when = |kind, n: u64| (n > 0).then_some(Todo { kind, n });
    let mut todo: Vec<Todo> = [
        when(Kind::SettleDetections, facts.unsettled.files),
        of_licence(facts),
        when(Kind::ChooseDevices, seats_over(facts)),
        when(Kind::EnrolDuplicates, facts.duplicated),
        when(
            Kind::LookAtDevices,
            devices.attention.saturating_sub(facts.duplicated),
        ),
        when(Kind::LookAtQuarantine, facts.held.failed),
        when(
            Kind::AddDevice,
            u64::from(devices.total == 0 && facts.licence.is_some()),
        ),
        when(
            Kind::FirstScan,
            u64::from(devices.total > 0 && steers && !facts.ever_scanned),
        ),
        when(Kind::AddSeats, seats_full(facts)),
    ]
    .into_iter()
    .flatten()
    .collect();
    todo.extend(when(Kind::ReleaseSeats, facts.silent));
    todo.extend(when(Kind::FindOfflineDevices, devices.offline));
    todo
}

fn of_licence(facts: &Facts) -> Option<Todo> {
    let Some(licence) = &facts.licence else {
        return Some(Todo {
            kind: Kind::AttachLicence,
            n: 1,
        });
    };
    let (kind, n) = match licence.state(facts.now) {
        State::Suspended | State::Revoked | State::Merged => (Kind::ReplaceLicence, 1),
        State::Grace { .. } | State::Expired { .. } => (Kind::RenewLicence, 1),
        State::Expiring { days } if !licence.auto_renew => (Kind::ExpiringLicence, days),
        State::Trial { days } if days <= 7 => (Kind::ExpiringLicence, days),
        _ => return None,
    };
    Some(Todo { kind, n })
}

fn seats_over(facts: &Facts) -> u64 {
    facts
        .licence
        .as_ref()
        .map_or(0, |licence| licence.seats_used.saturating_sub(licence.seats))
}

fn seats_full(facts: &Facts) -> u64 {
    facts
        .licence
        .as_ref()
        .filter(|licence| licence.seats_used == licence.seats)
        .map_or(0, |licence| licence.seats)
}

#[cfg(test)]
mod tests;
