package opd.cli;

import java.time.Instant;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PhoneNumber;
import opd.domain.PhoneNumbers;
import opd.domain.RequestId;
import opd.managed.ManagedServer;
import opd.output.BatchPrinter;
import opd.output.BatchTable;
import opd.output.JsonPrinter;
import opd.output.Printer;
import opd.output.Style;
import opd.output.TablePrinter;
import opd.service.Desk;
import opd.service.Request;
import org.jspecify.annotations.Nullable;

/// What the commands of one run share: options, settings, the printer and the desk, each made when
/// it is first needed.
final class Session implements AutoCloseable {
  private final Surroundings surroundings;
  private final GlobalOptions options = new GlobalOptions();
  private @Nullable Settings settings;
  private @Nullable Desk desk;
  private @Nullable RequestId requestId;

  Session(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  GlobalOptions options() {
    return options;
  }

  Settings settings() {
    if (settings == null) {
      settings = new Settings(options, surroundings.variables());
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
            new Style(settings().useColor(surroundings.isTerminal())));
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
    return new Facilities(settings(), server());
  }

  Desk desk() {
    if (desk == null) {
      if (ExternalDatabase.showsPassword(settings())) {
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
    return new Inputs(now());
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

  void progress(String line) {
    surroundings.err().println(line);
    surroundings.err().flush();
  }

  static OpdException usage(String message) {
    return new OpdException(ErrorCode.USAGE, message, "see --help");
  }

  @Override
  public void close() {
    if (desk != null) {
      desk.close();
    }
  }
}
