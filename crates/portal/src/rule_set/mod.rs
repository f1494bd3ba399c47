//! What is known to be bad. For now: what the rules of agents are called in words.
//!
//! Always true: any name a device sends is told somehow; what ships with the agent has its sentence in both languages.

mod words;

pub use words::words;
