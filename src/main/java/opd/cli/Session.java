package opd.cli;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import opd.console.Recall;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PhoneNumber;
import opd.domain.PhoneNumbers;
import opd.domain.RequestId;
import opd.domain.TokenReference;
import opd.managed.ManagedServer;
import opd.output.BatchPrinter;
import opd.output.BatchTable;
import opd.output.JsonPrinter;
import opd.output.Printer;
import opd.output.Style;
import opd.output.TablePrinter;
import opd.output.ZoneText;
import opd.service.Desk;
import opd.service.Request;
import org.jspecify.annotations.Nullable;

/// What the parts of one command share: options, settings, the printer and the desk, each made when
/// it is first needed.
final class Session {
  private final Surroundings surroundings;
  private final Workplace workplace;
  private final GlobalOptions options = new GlobalOptions();
  private @Nullable Settings settings;
  private @Nullable Desk desk;
  private @Nullable RequestId requestId;
  private @Nullable RequestId stored;
  private @Nullable OpdException failure;

  Session(Surroundings surroundings, Workplace workplace) {
    this.surroundings = surroundings;
    this.workplace = workplace;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Workplace workplace() {
    return workplace;
  }

  /// Those of this command alone.
  GlobalOptions options() {
    return options;
  }

  Settings settings() {
    if (settings == null) {
      settings = new Settings(options.orElse(workplace.defaults()), surroundings.variables());
    }
    return settings;
  }

  Printer printer() {
    return settings().isJson()
        ? new JsonPrinter(surroundings.out(), surroundings.err())
        : new TablePrinter(
            surroundings.out(),
            surroundings.err(),
            surroundings.width(),
            new Style(settings().useColor(surroundings.isTerminal())),
            new ZoneText(zone()));
  }

  /// The zone for people's eyes: the person's own, else the facility's. Whoever has not opened the
  /// desk yet has no times to show.
  ZoneId zone() {
    return settings().personalZone().orElseGet(() -> desk == null ? ZoneOffset.UTC : desk.zone());
  }

  BatchPrinter batchPrinter() {
    return settings().isJson()
        ? new JsonPrinter(surroundings.out(), surroundings.err())
        : new BatchTable(
            surroundings.out(), new Style(settings().useColor(surroundings.isTerminal())));
  }

  ManagedServer server() {
    return new ManagedServer(settings().homeFolder(), this::progress);
  }

  Facilities facilities() {
    return new Facilities(settings(), server(), workplace.connections());
  }

  Desk desk() {
    if (desk == null) {
      if (workplace.connections().areUnused() && ExternalDatabase.showsPassword(settings())) {
        progress(
            "warning: a password in an argument can be read by everybody on this machine;"
                + " use OPD_DB_PASSWORD or ~/.pgpass");
      }
      desk = facilities().open();
    }
    return desk;
  }

  /// The time by the clock that dates the facility's decisions, as it was when the desk was opened.
  Instant now() {
    return desk().now();
  }

  /// Reads slots, tokens and times as people type them.
  Inputs inputs() {
    return new Inputs(now(), zone());
  }

  /// A token as typed; in a console also `last` and `#3`.
  TokenReference token(String text) {
    return recall().flatMap(recall -> recall.token(text)).orElseGet(() -> inputs().token(text));
  }

  /// What was done last in the facility; empty outside of a console.
  Optional<Recall> recall() {
    return workplace.recall(settings().facilityName());
  }

  PhoneNumber phone(String text) {
    return new PhoneNumbers(desk().settings().region()).parse(text);
  }

  /// The request that the command is about to make.
  ///
  /// @param given the id, or null for a new one
  Request request(@Nullable String given) {
    requestId = given == null ? RequestId.random() : new RequestId(given);
    return new Request(settings().actorName(), requestId);
  }

  /// The id of the request that was made, or null when none was.
  @Nullable RequestId requestId() {
    return requestId;
  }

  /// Notes that the request was decided, and its outcome stored.
  void stored(RequestId request) {
    stored = request;
  }

  /// The request whose outcome was stored, or null when none was.
  @Nullable RequestId stored() {
    return stored;
  }

  /// Notes why the command failed, for whoever runs it.
  void failed(OpdException error) {
    failure = error;
    workplace.failed();
  }

  Optional<OpdException> failure() {
    return Optional.ofNullable(failure);
  }

  /// @throws OpdException USAGE in a console, where it holds the commands
  InputStream standardInput() {
    InputStream in = surroundings.in();
    if (in == null) {
      throw new OpdException(
          ErrorCode.USAGE,
          "standard input holds the console's own commands",
          "give a file instead, or run this outside of the console");
    }
    return in;
  }

  void progress(String line) {
    surroundings.err().println(line);
    surroundings.err().flush();
  }

  /// Asks the person at the terminal; no answer is a no.
  ///
  /// @throws OpdException USAGE in a console, where the next line is the next command
  boolean confirm(String question) {
    InputStream in = surroundings.in();
    if (in == null) {
      throw usage(question + " In a console, confirm with --yes");
    }
    surroundings.err().print(question + " [y/N] ");
    surroundings.err().flush();
    String answer = line(in).strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private static String line(InputStream in) {
    StringBuilder line = new StringBuilder();
    try {
      // Byte by byte: what comes after the line is not this command's.
      for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
        line.append((char) read);
      }
    } catch (IOException e) {
      return "";
    }
    return line.toString();
  }

  static OpdException usage(String message) {
    return new OpdException(ErrorCode.USAGE, message, "see --help");
  }
}
