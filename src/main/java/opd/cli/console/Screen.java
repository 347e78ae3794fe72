package opd.cli.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// The terminal of a console: reads lines, with editing, history and completion.
public final class Screen implements Questions, AutoCloseable {
  private final Terminal terminal;
  private final HistoryFile history;
  private final LineReader lines;
  private final LineReader answers;
  private final AtomicReference<@Nullable Thread> working = new AtomicReference<>();
  private Function<String, List<Suggestion>> answerSuggestions = typed -> List.of();

  /// What came of waiting for a line.
  public sealed interface Input {
    record Line(String text) implements Input {}

    /// Ctrl-C: nothing of the line is to be run.
    record Abandoned() implements Input {}

    /// Ctrl-D.
    record Left() implements Input {}
  }

  private Screen(Terminal terminal, HistoryFile history, Completions completions) {
    this.terminal = terminal;
    this.history = history;
    this.lines =
        reader(
                completer((reader, parsed) ->
                    completions.at(parsed.line().substring(0, parsed.cursor()))))
            .parser(new ScreenParser())
            .build();
    this.answers =
        reader(completer((reader, parsed) -> answerSuggestions.apply(parsed.word())))
            .parser(new AnswerParser())
            .variable(LineReader.DISABLE_HISTORY, true)
            .build();
    history.lines().forEach(lines.getHistory()::add);
    terminal.handle(Terminal.Signal.INT, signal -> interrupt());
    keepWhatIsTypedAhead();
  }

  /// Takes over the terminal at both standard streams.
  ///
  /// @throws OpdException INVALID_INPUT when it cannot be used
  public static Screen open(HistoryFile history, Completions completions) {
    try {
      Terminal terminal =
          TerminalBuilder.builder()
              .name("opd")
              .system(true)
              .encoding(StandardCharsets.UTF_8)
              .nativeSignals(true)
              // To find out whether it is one of that kind, the terminal is asked, and what was
              // typed until then is thrown away with its answer.
              .graphemeCluster(false)
              .build();
      return new Screen(terminal, history, completions);
    } catch (IOException | IllegalStateException e) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "the terminal cannot be used",
          "check TERM, or pipe the commands: opd console < script",
          e);
    }
  }

  private LineReaderBuilder reader(Completer completer) {
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("opd")
        .completer(completer)
        .completionMatcher(new EveryCandidate())
        // Texts of people are taken as they are: an exclamation mark recalls nothing.
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
        .option(LineReader.Option.AUTO_FRESH_LINE, true)
        .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
        .variable(LineReader.BLINK_MATCHING_PAREN, 0L);
  }

  private interface Source {
    List<Suggestion> suggestions(LineReader reader, org.jline.reader.ParsedLine line);
  }

  private static Completer completer(Source source) {
    return (reader, line, candidates) -> {
      for (Suggestion suggestion : source.suggestions(reader, line)) {
        candidates.add(
            new Candidate(
                suggestion.word(),
                suggestion.word(),
                null,
                suggestion.description().isEmpty() ? null : suggestion.description(),
                null,
                null,
                suggestion.isWhole(),
                candidates.size()));
      }
    };
  }

  /// While a command works, keys must neither show up in its output nor be lost: the terminal holds
  /// back what it cannot hand over yet, which in its usual mode it does only up to a line's length.
  private void keepWhatIsTypedAhead() {
    Attributes quiet = new Attributes(terminal.getAttributes());
    quiet.setLocalFlags(EnumSet.of(Attributes.LocalFlag.ICANON, Attributes.LocalFlag.ECHO), false);
    quiet.setControlChar(Attributes.ControlChar.VMIN, 1);
    quiet.setControlChar(Attributes.ControlChar.VTIME, 0);
    terminal.setAttributes(quiet);
  }

  public Input read(String prompt) {
    try {
      String text = lines.readLine(pattern(prompt));
      ScriptReader.lines(text).forEach(history::add);
      return new Input.Line(text);
    } catch (UserInterruptException e) {
      return new Input.Abandoned();
    } catch (EndOfFileException e) {
      return new Input.Left();
    }
  }

  @Override
  public Optional<String> ask(
      String question, String proposal, Function<String, List<Suggestion>> suggestions) {
    answerSuggestions = suggestions;
    try {
      String prompt = proposal.isEmpty() ? question + ": " : question + " [" + proposal + "]: ";
      String answer = answers.readLine(pattern(prompt)).strip();
      return Optional.of(answer.isEmpty() ? proposal : answer);
    } catch (UserInterruptException | EndOfFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void say(String line) {
    terminal.writer().println(PlainText.visible(line));
    terminal.flush();
  }

  /// Whether keys were typed already that nobody has read.
  public boolean isTypedAhead() {
    try {
      return terminal.reader().peek(1) >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// Clears the line of what the terminal showed of keys that were typed too early for the editor,
  /// which shows them again.
  public void clearLine() {
    terminal.writer().print("\r\u001b[K");
    terminal.flush();
  }

  /// Percent signs have a meaning in the line editor's prompts.
  private static String pattern(String prompt) {
    return PlainText.visible(prompt).replace("%", "%%");
  }

  public int columns() {
    return Math.max(terminal.getColumns(), 0);
  }

  /// Does the work, which Ctrl-C interrupts.
  ///
  /// @return whether it was interrupted
  public boolean interruptibly(Runnable work) {
    working.set(Thread.currentThread());
    try {
      work.run();
    } finally {
      working.set(null);
    }
    return Thread.interrupted();
  }

  private void interrupt() {
    Thread worker = working.get();
    if (worker != null) {
      worker.interrupt();
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      // The program ends, and the terminal with it.
    }
  }
}
