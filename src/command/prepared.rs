//! A loaded and checked case, and the case on its day: worked out once for all steps of a command.

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

/// A loaded case, checked as far as possible.
#[derive(Debug)]
pub struct Prepared {
    /// The loaded files.
    pub loaded: Loaded,
    /// The shipped data, which do not depend on the case.
    pub reference: Reference,
    /// The case with its evidence; `None` if its shape is broken.
    pub checked: Option<Checked>,
    /// The templates, each with its name in messages.
    pub templates: Templates,
    /// All problems so far.
    pub problems: Vec<Diagnostic>,
}

/// A valid case on the day of its papers.
pub struct CaseDay<'a> {
    /// The case.
    pub case: &'a Case,
    /// The case with its evidence.
    pub checked: &'a Checked,
    /// The loaded files.
    pub loaded: &'a Loaded,
    /// The shipped data, which do not depend on the case.
    pub reference: &'a Reference,
    /// The templates.
    pub templates: &'a Templates,
    /// The problems from reading and checking.
    pub problems: &'a [Diagnostic],
    /// The day of the papers.
    pub as_of: NaiveDate,
    /// The day of the run.
    pub today: NaiveDate,
    /// The clock by which facts count.
    pub clock: Clock,
    /// True if the papers are for an earlier day than the case's own.
    pub is_reconstruction: bool,
    /// True if a source of the case is left out.
    pub without_source: bool,
    /// The view of each audience.
    pub views: BTreeMap<Audience, View>,
}

impl CaseDay<'_> {
    /// True if papers are made for comparison and keeping, and must not be sent.
    #[must_use]
    pub fn is_for_the_file_only(&self) -> bool {
        self.is_reconstruction || self.without_source
    }
}

impl Prepared {
    /// Reads and checks a case.
    ///
    /// # Errors
    /// A folder or file cannot be read.
    pub fn new(options: &CaseOptions) -> Result<Self, Failure> {
        Self::of(load::load(&options.input)?, options)
    }

    /// Checks a loaded case.
    ///
    /// # Errors
    /// A copy of a source cannot be read.
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

    /// Sorts the problems and returns the outcome, which is blocked if one of them blocks.
    #[must_use]
    pub fn finish(mut self, options: &CaseOptions, said: Vec<String>) -> Outcome {
        tidy(&mut self.problems);
        // The reason for making no paper comes last.
        self.problems.sort_by_key(|problem| problem.code == Code::DocumentNothing);
        let blocked = self.problems.iter().any(|problem| check::blocks(problem, options.strict));
        let Loaded { files, inputs, .. } = self.loaded;
        Outcome { files, problems: self.problems, said, blocked, inputs, ..Outcome::default() }
    }
}

/// The templates of these layers, each with its name in messages.
#[must_use]
pub fn templates(layers: &[Layer]) -> Templates {
    Templates::new(layers.iter().map(|(layer, files)| (shown(layer).to_owned(), files.clone())).collect())
}
