//! One run of the command: the one place that prints, and the one that decides the exit code.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use crate::before;
use crate::cli::{Build, Cli, Command};
use crate::diag::{Failure, Format, draw};
use crate::help;
use crate::job::{Against, Job, Order, messages};
use crate::new::Dialogue;
use crate::pipeline::{self, Outcome};
use crate::rounds::Rounds;

/// Done.
const DONE: u8 = 0;
/// The case has problems.
const PROBLEMS: u8 = 1;
/// The program could not work.
const FAILED: u8 = 2;

/// Runs the command line and gives its exit code: 0 done, 1 the case has problems, 2 the program could not work.
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
    ExitCode::from(voice.tell(&dispatch(cli.command, &voice)))
}

/// How a run speaks.
struct Voice {
    format: Format,
    colour: bool,
}

impl Voice {
    /// Prints what a command came to, and gives its exit code.
    fn tell(&self, result: &Result<Outcome, Failure>) -> u8 {
        let outcome = match result {
            Ok(outcome) => outcome,
            Err(failure) => {
                print(std::io::stderr(), &describe(failure, self.format));
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
        match (outcome.blocked, printed) {
            (true, _) => PROBLEMS,
            (false, true) => DONE,
            (false, false) => FAILED,
        }
    }
}

fn dispatch(command: Command, voice: &Voice) -> Result<Outcome, Failure> {
    match command {
        Command::New(args) => start(&args),
        Command::Check(args) => pipeline::check(&Job::new(&args.case)?, args.lock),
        Command::Build(args) => pipeline::build(&Job::new(&args.case)?, &Order::new(&args)),
        Command::Watch(args) => watch(&args, voice),
        Command::Dossier(args) => pipeline::report(&Job::new(&args.case)?, &args.output),
        Command::Update(args) => {
            let order = Order::whole(&args.output);
            before::update(&Job::new(&args.case)?, &order, &Against::new(&args)?)
        }
        Command::Explain(args) => Ok(said(help::explain(args.code.as_deref())?)),
        Command::Schema(args) => Ok(said(help::schema(args.of)?)),
        Command::Licences => Ok(said(help::licences().to_owned())),
        Command::Completions { shell } => Ok(said(help::completions(shell))),
        Command::Templates(args) => pipeline::templates(args.case.as_deref(), &args.templates),
        Command::Context(args) => {
            pipeline::context(&Job::new(&args.case)?, &args.audience, args.language.as_deref(), args.to.as_deref())
        }
    }
}

/// `amparo watch`: messages and results of one round after the other, until somebody ends it; then nothing is left to say.
fn watch(args: &Build, voice: &Voice) -> Result<Outcome, Failure> {
    let mut rounds = Rounds::new(Job::new(&args.case)?, Order::new(args))?;
    while let Some(round) = rounds.next_round()? {
        voice.tell(&round.outcome);
        print(std::io::stderr(), &round.summary(voice.format));
    }
    Ok(Outcome::default())
}

/// `amparo new`. Questions go to stderr, and only where a person can answer them.
fn start(args: &crate::cli::New) -> Result<Outcome, Failure> {
    use std::io::IsTerminal;
    let said = if args.example {
        crate::new::example(&args.dir)?
    } else {
        let stdin = std::io::stdin();
        let asks = stdin.is_terminal();
        let (answers, questions) = (&mut stdin.lock(), &mut std::io::stderr());
        crate::new::blueprint(&args.dir, crate::job::today(), &mut Dialogue { answers, questions, asks })?
    };
    Ok(Outcome { said, ..Outcome::default() })
}

/// A result for stdout, and nothing else to report.
fn said(text: String) -> Outcome {
    Outcome { said: vec![text], ..Outcome::default() }
}

fn describe(failure: &Failure, format: Format) -> String {
    match format {
        Format::Json => {
            let value = serde_json::json!({
                "code": "failure", "severity": "error", "message": failure.to_string(), "hints": [failure.hint()],
            });
            format!("{value}\n")
        }
        Format::Human => format!("error: {failure}\n  = hint: {}\n", failure.hint()),
        Format::Short => format!("error: {failure} ({})\n", failure.hint()),
    }
}

/// Whether it could be printed. A reader that closes its end early (`| head`) is no fault of ours; a full disk is told.
fn print(mut stream: impl std::io::Write, text: &str) -> bool {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => {
            let _ = writeln!(std::io::stderr(), "error: cannot print the result ({cause})");
            false
        }
        _ => true,
    }
}
