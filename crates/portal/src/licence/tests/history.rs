//! Whatever happens in whatever order, the seats are what a model of a few lines says they are: who holds one, of which
//! licence, and how many are counted.

use crate::{
    base::{
        audit::{AuditActor, AuditEvent},
        db::{DbError, Engine, Read, Tx},
        error::Code,
        testing::scenes,
    },
    licence::{
        Release, claim_seat,
        place::{self, Consent},
        release_seat, release_seats, seat, seat_again, silent_since, store,
        testing::{device, personal},
    },
    params,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngSeed, TestRunner},
};
use rempart_wire::{AccountId, DeviceId, LicenceId, ManagementMode, WorkspaceId};

/// What can happen. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    Enrol(usize),
    EnrolWithoutSeat(usize),
    Retire(usize),
    FallSilent(usize),
    ComeBack(usize),
    Release(usize, Vec<usize>),
    ReleaseSilent(usize),
    Resize(usize, u64),
    Attach(usize, usize),
    Detach(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let two = 0..2usize;
    let some = 0..12usize;
    prop_oneof![
        6 => two.clone().prop_map(Step::Enrol),
        1 => two.clone().prop_map(Step::EnrolWithoutSeat),
        2 => some.clone().prop_map(Step::Retire),
        2 => some.clone().prop_map(Step::FallSilent),
        3 => some.clone().prop_map(Step::ComeBack),
        2 => (two.clone(), prop::collection::vec(some, 0..4)).prop_map(|(at, who)| Step::Release(at, who)),
        1 => two.clone().prop_map(Step::ReleaseSilent),
        2 => (two.clone(), 1..6u64).prop_map(|(which, seats)| Step::Resize(which, seats)),
        2 => (two.clone(), two.clone()).prop_map(|(which, to)| Step::Attach(which, to)),
        1 => two.prop_map(Step::Detach),
    ]
}

#[derive(Debug, Clone)]
struct Device {
    id: DeviceId,
    workspace: usize,
    licence: Option<usize>,
    retired: bool,
    silent: bool,
}

/// Two workspaces, two licences.
#[derive(Debug, Clone)]
struct Model {
    devices: Vec<Device>,
    seats: [u64; 2],
    at: [Option<usize>; 2],
}

impl Model {
    fn used(&self, licence: usize) -> u64 {
        self.devices
            .iter()
            .filter(|one| one.licence == Some(licence))
            .count() as u64
    }

    /// The licence of a workspace, when it has a seat free.
    fn free(&self, workspace: usize) -> Option<usize> {
        let licence = self.of(workspace)?;
        (self.used(licence) < self.seats[licence]).then_some(licence)
    }

    fn of(&self, workspace: usize) -> Option<usize> {
        self.at.iter().position(|at| *at == Some(workspace))
    }

    fn vacate(&mut self, licence: usize) {
        self.at[licence] = None;
        for one in self.devices.iter_mut().filter(|one| one.licence == Some(licence)) {
            one.licence = None;
        }
    }

    fn attach(&mut self, licence: usize, workspace: usize) {
        if self.at[licence] == Some(workspace) {
            return;
        }
        if let Some(present) = self.of(workspace) {
            self.vacate(present);
        }
        self.vacate(licence);
        self.at[licence] = Some(workspace);
        let mut there: Vec<&mut Device> = self
            .devices
            .iter_mut()
            .filter(|one| one.workspace == workspace && !one.retired)
            .collect();
        // All enrolled in one moment: their ids decide.
        there.sort_by_key(|one| one.id);
        for one in there
            .into_iter()
            .take(usize::try_from(self.seats[licence]).unwrap())
        {
            one.licence = Some(licence);
        }
    }
}

/// The ids of the two workspaces and licences, and whose they are.
#[derive(Debug, Clone, Copy)]
struct World {
    owner: AccountId,
    workspaces: [WorkspaceId; 2],
    licences: [LicenceId; 2],
}

fn enrol(tx: &mut Tx<'_>, world: &World, model: &mut Model, at: usize) {
    let claimed = claim_seat(tx, world.workspaces[at]);
    let Some(licence) = model.free(at) else {
        let wanted = match model.of(at) {
            Some(_) => Code::SeatsExhausted,
            None => Code::WorkspaceWithoutLicence,
        };
        assert_eq!(claimed.unwrap_err().code, wanted);
        return;
    };
    assert_eq!(claimed.unwrap(), world.licences[licence]);
    let id = device(tx, world.workspaces[at], Some(world.licences[licence])).unwrap();
    model.devices.push(Device {
        id,
        workspace: at,
        licence: Some(licence),
        retired: false,
        silent: false,
    });
}

/// Of some devices, or of the silent.
fn release(tx: &mut Tx<'_>, world: &World, model: &mut Model, (at, which): (usize, Option<&Vec<usize>>)) {
    let there = model.of(at);
    let named = |place: usize| which.is_some_and(|which| which.contains(&place));
    let ids = (0..model.devices.len())
        .filter(|place| named(*place))
        .map(|place| model.devices[place].id);
    let whose = match which {
        Some(_) => Release::Of(ids.collect()),
        None => Release::Silent,
    };
    release_seats(tx, world.workspaces[at], &whose).unwrap();
    for (place, one) in model.devices.iter_mut().enumerate() {
        if named(place) || (which.is_none() && one.silent) {
            one.licence = one.licence.filter(|held| Some(*held) != there);
        }
    }
}

fn come_back(tx: &mut Tx<'_>, world: &World, model: &mut Model, which: usize) {
    let Some(one) = model.devices.get(which).filter(|one| !one.retired).cloned() else {
        return;
    };
    seat_again(tx, world.workspaces[one.workspace], one.id).unwrap();
    let now = tx.now();
    let statement = "update device set last_seen_at = $1 where id = $2";
    tx.execute(statement, params![now, one.id]).unwrap();
    let licence = one.licence.or(model.free(one.workspace));
    model.devices[which] = Device {
        licence,
        silent: false,
        ..one
    };
}

/// Does a step in both.
fn take(tx: &mut Tx<'_>, world: &World, model: &mut Model, step: &Step) {
    match step {
        Step::Enrol(at) => enrol(tx, world, model, *at),
        Step::EnrolWithoutSeat(at) => {
            let id = device(tx, world.workspaces[*at], None).unwrap();
            model.devices.push(Device {
                id,
                workspace: *at,
                licence: None,
                retired: false,
                silent: false,
            });
        }
        Step::Retire(which) => {
            let Some(one) = model.devices.get_mut(*which) else {
                return;
            };
            release_seat(tx, one.id).unwrap();
            tx.execute(
                "update device set state = 'retired' where id = $1",
                params![one.id],
            )
            .unwrap();
            (one.licence, one.retired) = (None, true);
        }
        Step::FallSilent(which) => {
            let Some(one) = model.devices.get_mut(*which) else {
                return;
            };
            let at = silent_since(tx.now())
                .checked_sub(jiff::SignedDuration::from_secs(1))
                .unwrap();
            tx.execute(
                "update device set last_seen_at = $1 where id = $2",
                params![at, one.id],
            )
            .unwrap();
            one.silent = true;
        }
        Step::ComeBack(which) => come_back(tx, world, model, *which),
        Step::Release(at, which) => release(tx, world, model, (*at, Some(which))),
        Step::ReleaseSilent(at) => release(tx, world, model, (*at, None)),
        Step::Resize(which, seats) => {
            let statement = "update licence set seats = $1 where id = $2";
            tx.execute(statement, params![*seats, world.licences[*which]])
                .unwrap();
            model.seats[*which] = *seats;
        }
        Step::Attach(which, to) => {
            let consent = Consent {
                leave: true,
                replace: true,
                fewer: true,
            };
            place::attach(
                tx,
                world.owner,
                (world.licences[*which], world.workspaces[*to]),
                consent,
            )
            .unwrap();
            model.attach(*which, *to);
        }
        Step::Detach(which) => {
            seat::vacate(tx, world.licences[*which]).unwrap();
            model.vacate(*which);
        }
    }
}

/// That the licences are the same in both now.
fn compare(tx: &mut Tx<'_>, world: &World, model: &Model) {
    let rows = tx
        .rows("select id, seats_used, workspace from licence", params![])
        .unwrap();
    for row in rows {
        let id: LicenceId = row.get(0).unwrap();
        let which = world.licences.iter().position(|one| *one == id).unwrap();
        let found: (u64, Option<WorkspaceId>) = (row.get(1).unwrap(), row.get(2).unwrap());
        let there = model.at[which].map(|at| world.workspaces[at]);
        assert_eq!(found, (model.used(which), there), "licence {which} of {model:?}");
    }
}

/// One history from the beginning; at its end the devices are the same in both too.
fn live(tx: &mut Tx<'_>, world: &World, history: &[Step]) {
    tx.execute("delete from device", params![]).unwrap();
    let statement = "update licence set seats = 3, seats_used = 0, workspace = null";
    tx.execute(statement, params![]).unwrap();
    let mut model = Model {
        devices: Vec::new(),
        seats: [3, 3],
        at: [None, None],
    };
    take(tx, world, &mut model, &Step::Attach(0, 0));
    for step in history {
        take(tx, world, &mut model, step);
        compare(tx, world, &model);
    }
    for one in &model.devices {
        let held = store::seat::held_by(tx, one.id).unwrap();
        assert_eq!(
            held,
            one.licence.map(|licence| world.licences[licence]),
            "{one:?} after {history:?}"
        );
    }
}

/// Histories in one unit: what is waited for is the disk.
const AT_ONCE: usize = 200;

scenes! {
    async fn seats_are_counted_exactly_whatever_happens(scene: Scene) {
        let camille = scene.person("camille").await;
        let mut workspaces = Vec::new();
        for name in ["Un", "Deux"] {
            workspaces.push(scene.workspace(&camille, name, ManagementMode::LocalAndRemote).await);
        }
        let licences = [personal(&scene, &camille, 3).await, personal(&scene, &camille, 3).await];
        let world = World { owner: camille.account, workspaces: [workspaces[0], workspaces[1]], licences };
        let histories = if scene.app.db.engine() == Engine::Sqlite { 10_000 } else { 200 };
        let config = Config { rng_seed: RngSeed::Fixed(60), ..Config::default() };
        let (mut runner, any) = (TestRunner::new(config), prop::collection::vec(step(), 1..25));
        for _ in 0..histories / AT_ONCE {
            let lives: Vec<Vec<Step>> = (0..AT_ONCE).map(|_| any.new_tree(&mut runner).unwrap().current()).collect();
            let written = scene.app.db.write::<_, DbError, _>(move |mut tx| {
                for history in &lives {
                    live(&mut tx, &world, history);
                }
                tx.commit(AuditEvent::new(AuditActor::Server, "test.history"), ())
            });
            written.await.unwrap();
        }
    }
}
