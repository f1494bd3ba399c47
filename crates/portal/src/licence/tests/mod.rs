//! What licences do, in scenes on both databases. Always true at the end of each: every licence counts exactly the
//! devices that name it.

mod assign;
mod batch;
mod desk;
mod history;
mod key;
mod seat;
mod trial;
