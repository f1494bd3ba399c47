//! Licences from another system: a table with a key in each line and what it is for. All of it is imported or none: every
//! line that is wrong is named with its number and its code. Keys are hashed on the way in, as those issued here; records
//! without keys cannot come in, because another server's hashes mean nothing to this one.

use super::{
    Terms,
    issue::{self, settled},
    key, number, store,
};
use crate::base::{
    csv,
    db::Tx,
    error::{Code, Fault},
    secret::Secrets,
};
use jiff::Timestamp;
use rempart_wire::{LicenceId, LicenceKey};
use std::collections::{HashMap, HashSet};

/// What lines do not say themselves.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    /// The code of what each licence is for.
    pub product: String,
    /// `subscription` or `one_off`.
    pub kind: String,
    /// Devices each is for.
    pub seats: u64,
    /// Calendar months of each one's period.
    pub months: u32,
}

/// A line that is wrong.
#[derive(Debug, Clone)]
pub struct BadLine {
    /// Counted from 1, the names of the columns included.
    pub line: usize,
    /// Why.
    pub fault: Fault,
}

const COLUMNS: [&str; 10] = [
    "number",
    "key",
    "product",
    "kind",
    "seats",
    "months",
    "reseller_name",
    "reseller_contact",
    "owner",
    "redeem_by",
];

struct Line {
    line: usize,
    key: LicenceKey,
    terms: Terms,
}

/// Imports a table of licences; how many, or every line that is wrong.
///
/// # Errors
/// Whatever the engine says. That lines are wrong is an answer; nothing was written then.
pub fn import_file(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    text: &str,
    defaults: &Defaults,
) -> Result<Result<u64, Vec<BadLine>>, Fault> {
    let (columns, records) = match table(text) {
        Ok(table) => table,
        Err(bad) => return Ok(Err(vec![bad])),
    };
    let (mut lines, mut bad) = (Vec::new(), Vec::new());
    let mut reader = Reader {
        tx,
        columns,
        defaults,
        known: HashMap::new(),
    };
    for (line, cells) in records {
        match reader.line(&cells) {
            Ok((key, terms)) => lines.push(Line { line, key, terms }),
            Err(fault) if fault.code == Code::Internal || fault.code == Code::Unavailable => {
                return Err(fault);
            }
            Err(fault) => bad.push(BadLine { line, fault }),
        }
    }
    bad.extend(twice(tx, secrets, &lines)?);
    if !bad.is_empty() {
        bad.sort_by_key(|one| one.line);
        return Ok(Err(bad));
    }
    let numbers = number::draw_many(tx, lines.len())?;
    let made: Vec<_> = lines
        .iter()
        .zip(numbers)
        .map(|(line, number)| {
            (
                tx.id::<LicenceId>(),
                issue::new(secrets, &line.terms, number, &line.key),
            )
        })
        .collect();
    let rows: Vec<_> = made.iter().map(|(id, new)| (*id, new)).collect();
    store::write::insert_many(tx, &rows)?;
    Ok(Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX)))
}

type Columns = HashMap<&'static str, usize>;

/// The places of the columns, and the lines below.
fn table(text: &str) -> Result<(Columns, Vec<csv::Record>), BadLine> {
    let wrong = |line, code| BadLine {
        line,
        fault: Fault::new(code),
    };
    let mut records = csv::read(text)
        .map_err(|line| wrong(line, Code::CsvMalformed))?
        .into_iter();
    let (line, names) = records.next().ok_or_else(|| wrong(1, Code::CsvColumn))?;
    let mut columns = Columns::new();
    for (at, name) in names.iter().enumerate() {
        let name = name.trim();
        let known = COLUMNS.into_iter().find(|known| *known == name);
        if columns
            .insert(known.ok_or_else(|| wrong(line, Code::CsvColumn))?, at)
            .is_some()
        {
            return Err(wrong(line, Code::CsvColumn));
        }
    }
    if !columns.contains_key("key") {
        return Err(wrong(line, Code::CsvColumn));
    }
    let records: Vec<_> = records.collect();
    match records.iter().find(|(_, cells)| cells.len() > names.len()) {
        Some((line, _)) => Err(wrong(*line, Code::CsvMalformed)),
        None => Ok((columns, records)),
    }
}

/// What tells two settled terms apart.
type Question = (String, String, u64, u32);

struct Reader<'a, 'tx> {
    tx: &'a mut Tx<'tx>,
    columns: Columns,
    defaults: &'a Defaults,
    /// Products asked about already.
    known: HashMap<Question, Result<Terms, Fault>>,
}

impl Reader<'_, '_> {
    fn cell<'c>(&self, cells: &'c [String], column: &str) -> Option<&'c str> {
        let text = cells.get(*self.columns.get(column)?)?.trim();
        Some(text).filter(|text| !text.is_empty())
    }

    fn number<T: std::str::FromStr>(
        &self,
        cells: &[String],
        column: &'static str,
        otherwise: T,
    ) -> Result<T, Fault> {
        let Some(text) = self.cell(cells, column) else {
            return Ok(otherwise);
        };
        text.parse().map_err(|_| unread(column, text))
    }

    fn line(&mut self, cells: &[String]) -> Result<(LicenceKey, Terms), Fault> {
        let key = key::parse(self.cell(cells, "key").unwrap_or_default())?;
        let some = |text: Option<&str>| text.map(str::to_owned);
        let redeem_by = match self.cell(cells, "redeem_by") {
            Some(text) => Some(text.parse::<Timestamp>().map_err(|_| unread("redeem_by", text))?),
            None => None,
        };
        let input = issue::Input {
            product: some(self.cell(cells, "product")).unwrap_or_else(|| self.defaults.product.clone()),
            kind: some(self.cell(cells, "kind")).unwrap_or_else(|| self.defaults.kind.clone()),
            seats: self.number(cells, "seats", self.defaults.seats)?,
            months: self.number(cells, "months", self.defaults.months)?,
            reseller_name: some(self.cell(cells, "reseller_name")),
            reseller_contact: some(self.cell(cells, "reseller_contact")),
            owner: some(self.cell(cells, "owner")),
            redeem_by,
        };
        let owner = issue::owner(self.tx, &input)?;
        let question = (
            input.product.clone(),
            input.kind.clone(),
            input.seats,
            input.months,
        );
        let terms = input.terms(owner)?;
        let sold = match self.known.get(&question) {
            Some(known) => known.clone(),
            None => {
                let plain = Terms {
                    redeem_by: None,
                    ..terms.clone()
                };
                let settled = settled(self.tx, &plain);
                self.known.insert(question, settled.clone());
                settled
            }
        };
        let product = sold?.product;
        Ok((key, issue::shelved(self.tx.now(), Terms { product, ..terms })?))
    }
}

fn unread(column: &'static str, text: &str) -> Fault {
    Fault::new(Code::CsvCell)
        .at(column)
        .arg("column", column)
        .arg("text", text)
}

/// Keys that are in the table twice, or known already.
fn twice(tx: &mut Tx<'_>, secrets: &Secrets, lines: &[Line]) -> Result<Vec<BadLine>, Fault> {
    let hashes: Vec<[u8; 32]> = lines.iter().map(|line| key::hash(secrets, &line.key)).collect();
    let known: HashSet<[u8; 32]> = store::find::known_hashes(tx, &hashes)?.into_iter().collect();
    let mut seen = HashSet::new();
    let doubled = lines.iter().zip(hashes).filter_map(|(line, hash)| {
        let fresh = seen.insert(hash) && !known.contains(&hash);
        (!fresh).then(|| BadLine {
            line: line.line,
            fault: Fault::new(Code::KeyDuplicate).at("key"),
        })
    });
    Ok(doubled.collect())
}
