package opd.simulation.day;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.OpdException;
import opd.service.FacilityServices;
import opd.service.Request;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;
import opd.testing.Clinic;
import opd.testing.StatementGate;
import org.jspecify.annotations.Nullable;

/// A desk whose every statement waits at a gate.
final class GatedDesk implements AutoCloseable {
  private final Object monitor;
  private final StatementGate gate;
  private final FacilityServices desk;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private boolean isAtWork;
  private @Nullable String answer;

  /// What a desk does, as one request.
  interface Work {
    Response<? extends Outcome> at(FacilityServices desk, Request request);
  }

  /// @param clock shows what is now
  GatedDesk(Clinic clinic, Object monitor, Supplier<Instant> clock) throws IOException {
    this.monitor = monitor;
    DatabaseSettings direct = clinic.facility().deskSettings();
    int port = URI.create(direct.url().substring("jdbc:".length())).getPort();
    this.gate = new StatementGate(port, monitor);
    DatabaseSettings gated =
        new DatabaseSettings(
            direct.url().replace(":" + port + "/", ":" + gate.port() + "/") + "?sslmode=disable",
            direct.user(),
            direct.password(),
            direct.facility(),
            direct.budget());
    this.desk =
        FacilityServices.open(
            new FacilityConnection(gated), new DecisionClock.Logical(clock), () -> new byte[16]);
  }

  /// Begins with the work; its first statement then waits.
  void begin(Work work, Request request) {
    synchronized (monitor) {
      isAtWork = true;
      answer = null;
    }
    gate.shut();
    thread.execute(() -> {
      String given = answer(work, request);
      synchronized (monitor) {
        answer = given;
        isAtWork = false;
        monitor.notifyAll();
      }
    });
  }

  private String answer(Work work, Request request) {
    try {
      return OutcomeText.of(work.at(desk, request), desk.zone());
    } catch (OpdException e) {
      return e.code() + " " + e.getMessage();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  /// Whether a statement waits at the gate. To be asked while holding the monitor.
  boolean isAtGate() {
    return isAtWork && gate.isWaiting();
  }

  /// To be asked while holding the monitor.
  boolean isDone() {
    return !isAtWork;
  }

  void letPass() {
    gate.letPass();
  }

  boolean hasBegun() {
    return gate.passed() > 0;
  }

  /// Works without waiting, to the end.
  String answerAtOnce(Work work, Request request) {
    gate.open();
    return answer(work, request);
  }

  String answer() {
    synchronized (monitor) {
      return String.valueOf(answer);
    }
  }

  /// Where the server sees the desk come from.
  int portAtServer() {
    return gate.portAtServer();
  }

  @Override
  public void close() throws IOException {
    gate.close();
    thread.shutdown();
    desk.close();
  }
}
