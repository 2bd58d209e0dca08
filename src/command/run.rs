//! Runs the command line. Only this file prints and decides the exit code.

use std::ffi::OsString;
use std::io::{BufRead as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use crate::command::cli::source::SourceCommand;
use crate::command::cli::{BuildArgs, Cli, Command};
use crate::command::help;
use crate::command::new::Dialogue;
use crate::command::options::{Against, BuildOptions, CaseOptions, messages};
use crate::command::outcome::Outcome;
use crate::command::source;
use crate::command::update;
use crate::command::verify;
use crate::command::watch::Rounds;
use crate::command::{build, check, dossier, templates};
use crate::diag::{Failure, MessageFormat, draw, draw_failure};
use crate::disk::end;

/// Done.
const DONE: u8 = 0;
/// The case has problems.
const PROBLEMS: u8 = 1;
/// The program could not work.
const FAILED: u8 = 2;

/// Runs the command line and returns its exit code: 0 done, 1 the case has problems, 2 the program could not work.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { DONE });
        }
    };
    let (format, colour) = messages(cli.message_format);
    let voice = Voice { format, colour };
    let interrupted = if matches!(cli.command, Command::Watch(_)) { end_of_watch } else { || () };
    if let Err(cause) = end::heed(interrupted) {
        return ExitCode::from(voice.tell(&Err(Failure::Internal(cause.to_string()))));
    }
    ExitCode::from(voice.tell(&dispatch(cli.command, &voice)))
}

/// Ctrl-C is the usual way to end a watch.
#[expect(clippy::exit, reason = "a round may still be at work, and a thread cannot be stopped")]
fn end_of_watch() {
    std::process::exit(DONE.into());
}

/// The output of a run.
struct Voice {
    format: MessageFormat,
    colour: bool,
}

impl Voice {
    /// Prints the result of a command, and returns its exit code.
    fn tell(&self, result: &Result<Outcome, Failure>) -> u8 {
        let outcome = match result {
            Ok(outcome) => outcome,
            Err(failure) => {
                print(std::io::stderr(), &draw_failure(failure, self.format));
                return FAILED;
            }
        };
        let mut messages = String::new();
        for problem in &outcome.problems {
            messages += &draw(problem, &outcome.files, self.format, self.colour);
        }
        let said = outcome.said.iter().fold(String::new(), |said, line| said + line + "\n");
        print(std::io::stderr(), &messages);
        let printed = print(std::io::stdout(), &said);
        match (outcome.blocked, printed && !outcome.unchecked) {
            (true, _) => PROBLEMS,
            (false, true) => DONE,
            (false, false) => FAILED,
        }
    }
}

fn dispatch(command: Command, voice: &Voice) -> Result<Outcome, Failure> {
    match command {
        Command::New(args) => start(&args),
        Command::Check(args) => match args.form {
            Some(form) => {
                let order = BuildOptions::only(form, args.layout_timeout);
                check::check_form(&CaseOptions::new(&args.case)?, args.lock, &order)
            }
            None => check::check(&CaseOptions::new(&args.case)?, args.lock),
        },
        Command::Build(args) => build::build(&CaseOptions::new(&args.case)?, &BuildOptions::new(&args)),
        Command::Watch(args) => watch(&args, voice),
        Command::Source(what) => source(&what, voice),
        Command::Dossier(args) => dossier::dossier(&CaseOptions::new(&args.case)?, &BuildOptions::of_dossier(&args)),
        Command::Update(args) => {
            let order = BuildOptions::whole(&args.output);
            update::update(&CaseOptions::new(&args.case)?, &order, &Against::new(&args)?)
        }
        Command::Verify(args) => verify(&args, voice),
        Command::Inspect(args) => verify::inspect(&args.files),
        Command::Explain(args) => Ok(said(help::explain(args.code.as_deref())?)),
        Command::Schema(args) => Ok(said(help::schema(args.of)?)),
        Command::Licences => Ok(said(help::licences().to_owned())),
        Command::Completions { shell } => Ok(said(help::completions(shell))),
        Command::Templates(args) => templates::templates(args.case.as_deref(), &args.templates),
        Command::Context(args) => templates::context(
            &CaseOptions::new(&args.case)?,
            &args.audience,
            args.language.as_deref(),
            args.to.as_deref(),
        ),
    }
}

/// `amparo watch`: prints messages and results after each round, until it is asked to end or a layout is endless.
fn watch(args: &BuildArgs, voice: &Voice) -> Result<Outcome, Failure> {
    let mut rounds = Rounds::new(CaseOptions::new(&args.case)?, BuildOptions::new(args))?;
    loop {
        let round = rounds.next_round()?;
        voice.tell(&round.outcome);
        print(std::io::stderr(), &round.summary(voice.format));
        if round.endless {
            return Ok(Outcome { blocked: true, ..Outcome::default() });
        }
    }
}

/// `amparo verify`, with a progress bar if a person waits for many files.
fn verify(args: &crate::command::cli::VerifyArgs, voice: &Voice) -> Result<Outcome, Failure> {
    use std::io::IsTerminal;
    let many = args.files.len() > 1;
    let bar = if many && std::io::stderr().is_terminal() {
        indicatif::ProgressBar::new(args.files.len() as u64).with_style(progress())
    } else {
        indicatif::ProgressBar::hidden()
    };
    let outcome = verify::verify(&super::verify::Task::new(args)?, voice.format == MessageFormat::Json, &|| bar.inc(1));
    bar.finish_and_clear();
    outcome
}

/// `  312 of 1000 files  ━━━━━━━━  2 s left`.
fn progress() -> indicatif::ProgressStyle {
    let style = indicatif::ProgressStyle::with_template("{pos:>5} of {len} files  {wide_bar}  {eta} left");
    style.unwrap_or_else(|_| indicatif::ProgressStyle::default_bar())
}

/// `amparo source`.
fn source(what: &SourceCommand, voice: &Voice) -> Result<Outcome, Failure> {
    let screen = crate::command::options::screen();
    match what {
        SourceCommand::Add(args) => source::add(&source::Addition::new(args)?),
        SourceCommand::List(of) => source::list(&source::input(of)),
        SourceCommand::Audit(of) => source::audit(&source::input(of)),
        SourceCommand::Find(args) => {
            let found = source::find(&source::input(&args.of), args)?;
            if args.pick && !found.shown.is_empty() {
                return pick(found, voice, &screen);
            }
            let listing = found.listing(voice.format, &screen);
            Ok(found.outcome(listing))
        }
        SourceCommand::Show(args) => {
            paged(source::show(&source::input(&args.of), args, voice.format, &screen)?, &screen)
        }
        SourceCommand::Recheck(args) if args.write => source::renew(&CaseOptions::new(&args.case)?, args, voice.format),
        SourceCommand::Recheck(args) => source::recheck(&CaseOptions::new(&args.case)?, args, voice.format),
        SourceCommand::Import(args) => source::import(&source::input(&args.of), args),
        SourceCommand::Export(args) => source::export(&source::input(&args.of), args),
    }
}

/// Passes a long text to the terminal's pager; without a pager it is printed like any other text.
fn paged(mut outcome: Outcome, screen: &crate::command::options::Screen) -> Result<Outcome, Failure> {
    let Some(pager) = screen.pager.as_deref().filter(|_| !outcome.blocked) else { return Ok(outcome) };
    let mut words = pager.split_whitespace();
    let Some(program) = words.next() else { return Ok(outcome) };
    let mut started = std::process::Command::new(program);
    let Ok(mut reader) = started.args(words).stdin(std::process::Stdio::piped()).spawn() else { return Ok(outcome) };
    if let Some(stdin) = reader.stdin.take() {
        // An error here means that the reader closed the pager early.
        print(stdin, &(outcome.said.join("\n") + "\n"));
    }
    reader
        .wait()
        .map_err(|cause| Failure::request(format!("`{program}` failed ({cause})"), "choose another `PAGER`"))?;
    outcome.said.clear();
    Ok(outcome)
}

/// The list goes to stderr and one answer is read, so that stdout has only the citation.
fn pick(found: source::Passages, voice: &Voice, screen: &crate::command::options::Screen) -> Result<Outcome, Failure> {
    let plain = crate::command::options::Screen { colour: voice.colour, ..screen.clone() };
    let question = found.listing(MessageFormat::Human, &plain) + "\n\nwhich one? ";
    print(std::io::stderr(), &question);
    let mut answer = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut answer)
        .map_err(|cause| Failure::request(format!("no answer can be read ({cause})"), "type a number"))?;
    let citation = found.picked(&answer)?.citation().unwrap_or_default();
    Ok(found.outcome(citation))
}

/// `amparo new`. Questions go to stderr, and are asked only if a person can answer them.
fn start(args: &crate::command::cli::NewArgs) -> Result<Outcome, Failure> {
    use std::io::IsTerminal;
    let said = if args.example {
        crate::command::new::example(&args.dir)?
    } else {
        let stdin = std::io::stdin();
        let asks = stdin.is_terminal();
        let (answers, questions) = (&mut stdin.lock(), &mut std::io::stderr());
        crate::command::new::blueprint(
            &args.dir,
            crate::command::options::today(),
            &mut Dialogue { answers, questions, asks },
        )?
    };
    Ok(Outcome { said, ..Outcome::default() })
}

/// An outcome with only a text for stdout.
fn said(text: String) -> Outcome {
    Outcome { said: vec![text], ..Outcome::default() }
}

/// True if it could be printed. A reader that closes its end early (`
///  head`) is not an error; a full disk is reported.
fn print(mut stream: impl std::io::Write, text: &str) -> bool {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => {
            let _ = writeln!(std::io::stderr(), "error: cannot print the result ({cause})");
            false
        }
        _ => true,
    }
}
