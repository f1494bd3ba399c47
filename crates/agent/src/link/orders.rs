use super::{
    memory::{Begun, Done},
    runner::{News, Runner},
};
use crate::{
    agent::Agent,
    scan::{ScanReport, ScanRequest},
    state::StateError,
};
use rempart_wire::{
    EventBody, Order, OrderBody, OrderId, Origin, Refusal, ScanId, ScanOutcome, ScanTally, ScanTarget,
};
use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};

/// Scans that may wait for the one that runs.
const QUEUE_LIMIT: usize = 32;

/// The portal's orders: each is carried out once, or refused with a reason.
pub(super) struct Orders {
    agent: Arc<Agent>,
    done: Done,
    under_way: HashSet<OrderId>,
    waiting: VecDeque<Waiting>,
    running: Option<OrderId>,
}

struct Waiting {
    order: Order,
    scan: ScanId,
    target: ScanTarget,
}

impl Orders {
    /// What earlier runs left: their finished orders, and a scan they could not finish, which is told to have failed.
    pub(super) fn open(agent: Arc<Agent>) -> Result<Self, StateError> {
        if let Some(Begun { scan }) = Begun::read(&agent.state)? {
            agent.tell([ended(scan, ScanOutcome::Failed)]);
            Begun::clear(&agent.state)?;
        }
        Ok(Self {
            done: Done::read(&agent.state)?,
            agent,
            under_way: HashSet::new(),
            waiting: VecDeque::new(),
            running: None,
        })
    }

    /// Nothing is running and nothing waits.
    pub(super) fn is_idle(&self) -> bool {
        self.under_way.is_empty()
    }

    /// Takes an order in.
    pub(super) fn receive(&mut self, order: Order, runner: &mut Runner) -> Result<(), StateError> {
        let id = order.id;
        if self.done.contains(id) || self.under_way.contains(&id) {
            return Ok(());
        }
        if let Err(refusal) = self.check(&order) {
            return self.refuse(id, refusal);
        }
        match order.body.clone() {
            OrderBody::Scan { scan, target } => {
                if self.waiting.len() >= QUEUE_LIMIT {
                    return self.refuse(id, self.sentence("too_many_scans", "order-too-many"));
                }
                self.under_way.insert(id);
                self.waiting.push_back(Waiting { order, scan, target });
                self.begin_next(runner)
            }
            OrderBody::CancelScan { scan } => self.cancel(id, scan, runner),
            OrderBody::Restore { item } => {
                self.aside(id, runner, move |agent, origin| {
                    let _ = agent.restore(item, None, origin);
                });
                Ok(())
            }
            OrderBody::Delete { item } => {
                self.aside(id, runner, move |agent, origin| {
                    let _ = agent.delete(item, origin);
                });
                Ok(())
            }
        }
    }

    fn check(&self, order: &Order) -> Result<(), Refusal> {
        self.agent.permit(Origin::Portal { order: order.id })?;
        if order.expires_at <= self.agent.world.now() {
            return Err(self.sentence("order_expired", "order-expired"));
        }
        Ok(())
    }

    fn refuse(&mut self, order: OrderId, refusal: Refusal) -> Result<(), StateError> {
        self.agent.tell([EventBody::OrderRefused { order, refusal }]);
        self.finish(order)
    }

    fn finish(&mut self, order: OrderId) -> Result<(), StateError> {
        self.under_way.remove(&order);
        self.done.add(&self.agent.state, order)
    }

    /// Begins the next scan that waits, when none is running. Its order is done from here on: a crash must not make it
    /// run twice, and the note of what was begun makes the next start tell how it ended.
    pub(super) fn begin_next(&mut self, runner: &mut Runner) -> Result<(), StateError> {
        while runner.running().is_none() {
            let Some(next) = self.waiting.pop_front() else {
                return Ok(());
            };
            if let Err(refusal) = self.check(&next.order) {
                self.refuse(next.order.id, refusal)?;
                continue;
            }
            Begun { scan: next.scan }.keep(&self.agent.state)?;
            self.done.add(&self.agent.state, next.order.id)?;
            self.running = Some(next.order.id);
            runner.begin(ScanRequest {
                scan: next.scan,
                target: next.target,
                origin: Origin::Portal { order: next.order.id },
                quarantine: true,
            });
        }
        Ok(())
    }

    /// A scan ended, or was not let begin.
    pub(super) fn ended(
        &mut self,
        how: Result<ScanReport, Refusal>,
        runner: &mut Runner,
    ) -> Result<(), StateError> {
        Begun::clear(&self.agent.state)?;
        if let Some(order) = self.running.take() {
            self.under_way.remove(&order);
            if let Err(refusal) = how {
                self.agent.tell([EventBody::OrderRefused { order, refusal }]);
            }
        }
        self.begin_next(runner)
    }

    /// An order about a quarantined file was carried out.
    pub(super) fn handled(&mut self, order: OrderId) -> Result<(), StateError> {
        self.finish(order)
    }

    fn cancel(&mut self, id: OrderId, scan: ScanId, runner: &Runner) -> Result<(), StateError> {
        if runner.running() == Some(scan) {
            runner.cancel();
            return self.finish(id);
        }
        let Some(at) = self.waiting.iter().position(|waiting| waiting.scan == scan) else {
            return self.refuse(id, self.sentence("order_unknown", "scan-not-running"));
        };
        if let Some(waiting) = self.waiting.remove(at) {
            self.agent.tell([ended(scan, ScanOutcome::Cancelled)]);
            self.finish(waiting.order.id)?;
        }
        self.finish(id)
    }

    /// Scans that have not begun will not: the portal gives their orders again.
    pub(super) fn forget_waiting(&mut self) {
        for waiting in self.waiting.drain(..) {
            self.under_way.remove(&waiting.order.id);
        }
    }

    /// Carries out what takes a moment, away from the connection's thread.
    fn aside(&mut self, order: OrderId, runner: &Runner, what: impl FnOnce(&Agent, Origin) + Send + 'static) {
        self.under_way.insert(order);
        let (agent, news) = (self.agent.clone(), runner.sender());
        tokio::task::spawn_blocking(move || {
            what(&agent, Origin::Portal { order });
            let _ = news.send(News::Handled(order));
        });
    }

    fn sentence(&self, code: &str, key: &str) -> Refusal {
        Refusal::new(code, self.agent.language.say(key, &[]))
    }
}

fn ended(scan: ScanId, outcome: ScanOutcome) -> EventBody {
    EventBody::ScanFinished {
        scan,
        outcome,
        tally: ScanTally::default(),
        unreadable: Vec::new(),
    }
}
