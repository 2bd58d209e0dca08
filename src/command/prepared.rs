//! A case that was read and checked, and the day on which it is looked at: worked out once for all that a command does.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::options::CaseOptions;
use super::outcome::Outcome;
use crate::assemble::Templates;
use crate::case::Case;
use crate::case::load::{self, Loaded};
use crate::case::timeline::Clock;
use crate::case::view::View;
use crate::check::{self, Checked};
use crate::diag::{Code, Diagnostic, Failure, tidy};
use crate::reference::Reference;
use crate::reference::audience::Audience;
use crate::reference::layers::{self, Layer, shown};

/// A case that was read and checked, as far as it could be.
#[derive(Debug)]
pub struct Prepared {
    /// What was read.
    pub loaded: Loaded,
    /// What is known independently of the case.
    pub reference: Reference,
    /// The case with its evidence; `None` if its shape is broken.
    pub checked: Option<Checked>,
    /// The templates, each called as messages call it.
    pub templates: Templates,
    /// All problems so far.
    pub problems: Vec<Diagnostic>,
}

/// A sound case as it stands on the day of its papers.
pub struct CaseDay<'a> {
    /// The case.
    pub case: &'a Case,
    /// The case with its evidence.
    pub checked: &'a Checked,
    /// What was read.
    pub loaded: &'a Loaded,
    /// What is known independently of the case.
    pub reference: &'a Reference,
    /// The templates.
    pub templates: &'a Templates,
    /// What reading and checking found.
    pub problems: &'a [Diagnostic],
    /// The day of which the papers speak.
    pub as_of: NaiveDate,
    /// The day of the run.
    pub today: NaiveDate,
    /// By what facts count.
    pub clock: Clock,
    /// Whether the papers speak of an earlier day than the case's own.
    pub is_reconstruction: bool,
    /// Whether they are made as if a source of the case did not exist.
    pub without_source: bool,
    /// What may be said, by audience.
    pub views: BTreeMap<Audience, View>,
}

impl CaseDay<'_> {
    /// Whether papers are made to be compared and kept, not to be sent.
    #[must_use]
    pub fn is_for_the_file_only(&self) -> bool {
        self.is_reconstruction || self.without_source
    }
}

impl Prepared {
    /// Reads and checks a case.
    ///
    /// # Errors
    /// A folder or file that cannot be read.
    pub fn new(options: &CaseOptions) -> Result<Self, Failure> {
        Self::of(load::load(&options.input)?, options)
    }

    /// Checks a case that was read.
    ///
    /// # Errors
    /// A copy of a source that cannot be read.
    pub fn of(mut loaded: Loaded, options: &CaseOptions) -> Result<Self, Failure> {
        let files = layers::reference_files(&loaded.layers, &mut loaded.files);
        let (mut reference, mut problems) = Reference::load(&files);
        problems.append(&mut loaded.problems);
        problems.extend(loaded.case.iter().flat_map(|case| reference.guard(&case.guarded)));
        let (checked, found) = check::check(&loaded, &reference, options.strict)?;
        problems.extend(found);
        if let Some(Checked { case, evidence, .. }) = &checked {
            loaded.looked_into(evidence.copies());
            let as_of = options.moment.as_of(case);
            problems.extend(check::withdrawn(case, as_of, options.moment.clock, &options.input.without));
        }
        let templates = templates(&loaded.layers);
        Ok(Self { loaded, reference, checked, templates, problems })
    }

    /// The case on the day of its papers; `None` if its shape is broken.
    #[must_use]
    pub fn day(&self, options: &CaseOptions) -> Option<CaseDay<'_>> {
        let checked = self.checked.as_ref()?;
        let case = &checked.case;
        let (as_of, clock) = (options.moment.as_of(case), options.moment.clock);
        let view = |audience| (audience, case.view(as_of, clock, audience));
        Some(CaseDay {
            case,
            checked,
            loaded: &self.loaded,
            reference: &self.reference,
            templates: &self.templates,
            problems: &self.problems,
            as_of,
            today: options.moment.today,
            clock,
            is_reconstruction: options.moment.is_reconstruction(case),
            without_source: !options.input.without.is_empty(),
            views: Audience::ALL.into_iter().map(view).collect(),
        })
    }

    /// Sorts the problems and says whether one stands in the way.
    #[must_use]
    pub fn finish(mut self, options: &CaseOptions, said: Vec<String>) -> Outcome {
        tidy(&mut self.problems);
        // Why nothing came of a run is the last word.
        self.problems.sort_by_key(|problem| problem.code == Code::DocumentNothing);
        let blocked = self.problems.iter().any(|problem| check::blocks(problem, options.strict));
        let Loaded { files, inputs, .. } = self.loaded;
        Outcome { files, problems: self.problems, said, blocked, inputs, ..Outcome::default() }
    }
}

/// The templates of these layers, each called as messages call it.
#[must_use]
pub fn templates(layers: &[Layer]) -> Templates {
    Templates::new(layers.iter().map(|(layer, files)| (shown(layer).to_owned(), files.clone())).collect())
}
