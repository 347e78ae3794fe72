package opd.cli.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PersonName;
import opd.service.FacilityServices;
import opd.service.QueueService.SlotQueue;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When queues that are watched are loaded, what becomes of it when that fails, and by which clock
/// they are shown.
final class QueueLoadTest {
  private final List<String> seen = new ArrayList<>();
  private Optional<ErrorCode> trouble = Optional.empty();
  // Of the machine, whose clock need not be the facility's.
  private Instant here = Instant.parse("2029-12-31T23:50:00Z");
  private Clinic clinic;

  @BeforeEach
  void open() {
    clinic = Clinic.at("09:00");
    clinic.aDoctor();
  }

  @AfterEach
  void close() throws Exception {
    clinic.close();
  }

  @Test
  void queuesAreLoadedForNewsAndOnANewDayOnly() {
    QueueWatch watch = watch(clinic.desk());
    watch.goOn();
    elapse(Duration.ofSeconds(1));
    watch.goOn();
    watch.connection(false);
    elapse(Duration.ofDays(1));
    watch.goOn();
    watch.connection(true);
    watch.goOn();
    assertThat(seen)
        .containsExactly(
            "show 2030-01-07T09:00:00Z",
            "tick 2030-01-07T09:00:01Z",
            "lost",
            "tick 2030-01-08T09:00:01Z",
            "live",
            "show 2030-01-07T09:00:00Z");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"DATABASE_BUSY", "DATABASE_UNAVAILABLE"})
  void aLoadThatFailedIsTriedAgainThoughTheLogsConnectionStood(ErrorCode code) {
    QueueWatch watch = watch(clinic.desk());
    trouble = Optional.of(code);
    assertThat(watch.goOn()).isTrue();
    assertThat(watch.goOn()).isTrue();
    trouble = Optional.empty();
    watch.goOn();
    watch.goOn();
    assertThat(seen)
        .containsExactly(
            "lost",
            "tick 2030-01-07T09:00:00Z",
            "lost",
            "tick 2030-01-07T09:00:00Z",
            "live",
            "show 2030-01-07T09:00:00Z",
            "tick 2030-01-07T09:00:00Z");
  }

  @Test
  void theLogsConnectionIsNotTakenForTheDesks() {
    QueueWatch watch = watch(clinic.desk());
    trouble = Optional.of(ErrorCode.DATABASE_UNAVAILABLE);
    watch.goOn();
    watch.connection(true);
    assertThat(seen).containsExactly("lost", "tick 2030-01-07T09:00:00Z", "lost");
  }

  @Test
  void anyOtherErrorEndsTheWatch() {
    QueueWatch watch = watch(clinic.desk());
    trouble = Optional.of(ErrorCode.SLOT_NOT_FOUND);
    assertThatThrownBy(watch::goOn).isInstanceOf(OpdException.class);
  }

  /// In the night the machine's clock lost an hour, too.
  @Test
  void afterANightsSleepItIsTheNewDayByTheFacilitysClock() {
    try (FacilityServices watching = clinic.facility().desk()) {
      QueueWatch watch = watch(watching);
      watch.goOn();
      elapse(Duration.ofHours(2));
      watch.goOn();
      decideAt(Instant.parse("2030-01-08T08:00:00Z"));
      elapse(Duration.ofHours(20));
      watch.goOn();
      elapse(Duration.ofSeconds(1));
      watch.goOn();
    }
    assertThat(seen)
        .containsExactly(
            "show 2030-01-07T09:00:00Z",
            "tick 2030-01-07T11:00:00Z",
            "show 2030-01-08T08:00:00Z",
            "tick 2030-01-08T08:00:01Z");
  }

  private QueueWatch watch(FacilityServices desk) {
    return new QueueWatch(desk, this::load, new Seen(), seen::add, () -> here);
  }

  private List<SlotQueue> load(Instant now) {
    trouble.ifPresent(code -> {
      throw new OpdException(code, "no queues", "none");
    });
    return List.of();
  }

  private void elapse(Duration time) {
    here = here.plus(time);
  }

  private void decideAt(Instant time) {
    try (FacilityServices desk = clinic.facility().deskAt(time)) {
      Doctor doctor = new Doctor(new DoctorCode("SEN"), new PersonName("Dr. Sen"), null, true);
      desk.doctors().add(clinic.request(), doctor);
    }
  }

  /// A view that writes down what it is told.
  private final class Seen implements QueueWatch.WatchView {
    @Override
    public boolean show(List<SlotQueue> queues, Instant now) {
      return seen.add("show " + now);
    }

    @Override
    public boolean tick(Instant now) {
      return seen.add("tick " + now);
    }

    @Override
    public void connection(boolean isUp) {
      seen.add(isUp ? "live" : "lost");
    }
  }
}
