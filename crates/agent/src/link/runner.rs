use crate::{
    agent::Agent,
    scan::{self, Observer, RuleSources, ScanReport, ScanRequest, Scanner},
};
use rempart_wire::{OrderId, Refusal, ScanId, ScanProgress};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
    mpsc,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What happened away from the connection's thread.
#[derive(Debug)]
pub(super) enum News {
    /// The rules are loaded, so many of them, or cannot be.
    Rules(Result<usize, String>),
    /// Where the scan is.
    Progress(ScanProgress),
    /// The scan ended, or was not let begin.
    Ended(Result<ScanReport, Refusal>),
    /// An order about a quarantined file was carried out; how it went is in the spool.
    Handled(OrderId),
}

/// One thread that runs one scan at a time.
#[derive(Debug)]
pub(super) struct Runner {
    jobs: mpsc::Sender<Job>,
    news: UnboundedReceiver<News>,
    sender: UnboundedSender<News>,
    running: Option<(ScanId, Arc<AtomicBool>)>,
}

#[derive(Debug)]
struct Job {
    request: ScanRequest,
    cancel: Arc<AtomicBool>,
}

impl Runner {
    /// Starts the thread, which loads the rules first.
    pub(super) fn start(agent: Arc<Agent>, rules: RuleSources) -> std::io::Result<Self> {
        let (jobs, ahead) = mpsc::channel();
        let (sender, news) = unbounded_channel();
        let telling = sender.clone();
        std::thread::Builder::new()
            .name("scan".to_owned())
            .spawn(move || work(&agent, &rules, &ahead, &telling))?;
        Ok(Self {
            jobs,
            news,
            sender,
            running: None,
        })
    }

    /// The scan that is running.
    pub(super) fn running(&self) -> Option<ScanId> {
        self.running.as_ref().map(|(scan, _)| *scan)
    }

    /// Begins a scan; only when none is running.
    pub(super) fn begin(&mut self, request: ScanRequest) {
        let cancel = Arc::new(AtomicBool::new(false));
        self.running = Some((request.scan, cancel.clone()));
        if self.jobs.send(Job { request, cancel }).is_err() {
            let refusal = Refusal::new("scanner_unusable", "the scanner has stopped");
            let _ = self.sender.send(News::Ended(Err(refusal)));
        }
    }

    /// Asks the running scan to stop.
    pub(super) fn cancel(&self) {
        if let Some((_, cancel)) = &self.running {
            cancel.store(true, Ordering::Relaxed);
        }
    }

    /// The next thing that happened. Nothing is lost when the wait is given up.
    pub(super) async fn news(&mut self) -> News {
        // There is always a sender: our own.
        let news = match self.news.recv().await {
            Some(news) => news,
            None => std::future::pending().await,
        };
        if matches!(news, News::Ended(_)) {
            self.running = None;
        }
        news
    }

    /// Where others report what happened.
    pub(super) fn sender(&self) -> UnboundedSender<News> {
        self.sender.clone()
    }
}

fn work(agent: &Agent, rules: &RuleSources, jobs: &mpsc::Receiver<Job>, news: &UnboundedSender<News>) {
    let scanner = Scanner::load(rules).map_err(|error| error.to_string());
    let loaded = scanner.as_ref().map(Scanner::rules).map_err(Clone::clone);
    let _ = news.send(News::Rules(loaded));
    for job in jobs {
        let ended = match &scanner {
            Ok(scanner) => scan::run(agent, scanner, &job.request, &mut Told(news), &job.cancel),
            Err(error) => Err(Refusal::new("scanner_unusable", error.clone())),
        };
        let _ = news.send(News::Ended(ended));
    }
}

struct Told<'a>(&'a UnboundedSender<News>);

impl Observer for Told<'_> {
    fn wants_total(&self) -> bool {
        true
    }

    fn progress(&mut self, progress: &ScanProgress) {
        let _ = self.0.send(News::Progress(progress.clone()));
    }
}
