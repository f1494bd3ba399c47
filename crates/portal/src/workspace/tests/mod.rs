//! What workspaces do, in scenes on both databases. Always true at the end of each: a name belongs to one workspace, and
//! licences count exactly.

mod delete;
mod mode;
mod name;
mod settings;
