use crate::{OrderId, QuarantineId, ScanId, WirePath};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something the portal tells one device to do. Delivered at least once; a device does each id once and refuses one
/// that has expired or that names another device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Which order this is.
    pub id: OrderId,
    /// After this the device must not begin.
    pub expires_at: Timestamp,
    /// What to do.
    #[serde(flatten)]
    pub body: OrderBody,
}

/// The things a portal can order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum OrderBody {
    /// Scan a target. Answered by `ScanStarted`, progress messages, detections and `ScanFinished`.
    Scan {
        /// The id the run will carry.
        scan: ScanId,
        /// Where to look.
        target: ScanTarget,
    },
    /// Stop a running scan. Answered by its `ScanFinished` with outcome *cancelled*.
    CancelScan {
        /// Which run.
        scan: ScanId,
    },
    /// Put a quarantined file back where it was. Answered by `QuarantineChanged`.
    Restore {
        /// Which item.
        item: QuarantineId,
    },
    /// Destroy a quarantined file for good. Answered by `QuarantineChanged`.
    Delete {
        /// Which item.
        item: QuarantineId,
    },
}

/// Where a scan looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ScanTarget {
    /// Where threats usually land: homes, temporary folders, autostart places.
    UsualPlaces,
    /// One file or folder and everything below.
    Path {
        /// An absolute path on the device.
        path: WirePath,
    },
}
