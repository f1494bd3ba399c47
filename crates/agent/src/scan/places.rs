use std::path::{Path, PathBuf};

const TEMPORARY: [&str; 3] = ["tmp", "var/tmp", "dev/shm"];
/// Where something placed is started by the system or at sign-in.
const AUTOSTART: [&str; 18] = [
    "etc/xdg/autostart",
    "etc/crontab",
    "etc/cron.d",
    "etc/cron.hourly",
    "etc/cron.daily",
    "etc/cron.weekly",
    "etc/cron.monthly",
    "var/spool/cron",
    "var/spool/at",
    "etc/systemd/system",
    "etc/systemd/user",
    "usr/local/lib/systemd",
    "etc/init.d",
    "etc/rc.local",
    "etc/profile.d",
    "etc/ld.so.preload",
    "etc/udev/rules.d",
    "usr/local/bin",
];
const WEB: [&str; 5] = [
    "var/www",
    "srv/www",
    "srv/http",
    "usr/share/nginx/html",
    "opt/lampp/htdocs",
];
/// Accounts of people; below are those of services, above is *nobody*.
const PEOPLE: std::ops::Range<u32> = 1000..65_000;

/// Where threats usually land, of what exists on this computer: people's and root's homes, temporary folders,
/// autostart places, web roots. None is inside another. `root` is `/`, but for tests.
#[must_use]
pub fn usual_places(root: &Path) -> Vec<PathBuf> {
    let passwd = std::fs::read_to_string(root.join("etc/passwd")).unwrap_or_default();
    let homes = passwd.lines().filter_map(home).map(str::to_owned);
    let named = TEMPORARY.iter().chain(&AUTOSTART).chain(&WEB);
    let mut places: Vec<PathBuf> = ["home", "root"]
        .iter()
        .chain(named)
        .map(|place| (*place).to_owned())
        .chain(homes)
        .filter_map(|place| root.join(place).canonicalize().ok())
        .filter(|place| place != root)
        .collect();
    places.sort();
    places.dedup();
    let all = places.clone();
    places.retain(|place| !all.iter().any(|other| place != other && place.starts_with(other)));
    places
}

/// The home in a line of the account file, without its first slash.
fn home(line: &str) -> Option<&str> {
    let mut fields = line.split(':');
    let number: u32 = fields.nth(2)?.parse().ok()?;
    let home = fields.nth(2)?.trim_start_matches('/');
    (PEOPLE.contains(&number) && !home.is_empty()).then_some(home)
}
