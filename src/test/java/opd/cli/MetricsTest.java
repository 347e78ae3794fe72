package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import opd.domain.FacilityRole;
import opd.store.schema.Roles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsTest {
  private CommandLineFixture line;

  @BeforeEach
  void aFullSlot(@TempDir Path home) {
    line = new CommandLineFixture().with("OPD_HOME", home.toString()).withSlot(1);
    line.allocate(1, "follow-up");
    line.allocate(2, "follow-up");
    line.allocate(3, "emergency");
  }

  @AfterEach
  void close() {
    line.close();
  }

  /// What a scraper makes of a text: each sample with its labels, and each metric's type.
  private record Exposition(Map<String, Double> samples, Map<String, String> types) {
    private static final Pattern SAMPLE =
        Pattern.compile(
            "([a-z_:][a-z0-9_:]*)(\\{[a-z_]+=\"[^\"\\\\\n]*\"(,[a-z_]+=\"[^\"\\\\\n]*\")*})? ([-+.0-9eE]+)");

    static Exposition parse(String text) {
      assertThat(text).endsWith("\n").doesNotContain("\r");
      Map<String, Double> samples = new HashMap<>();
      Map<String, String> types = new HashMap<>();
      List<String> helped = new ArrayList<>();
      String family = "";
      for (String each : text.lines().toList()) {
        String[] words = each.split(" ", 4);
        if (each.startsWith("# HELP ")) {
          assertThat(helped).as("one HELP").doesNotContain(words[2]);
          assertThat(words[3]).isNotBlank();
          helped.add(words[2]);
        } else if (each.startsWith("# TYPE ")) {
          assertThat(helped.getLast()).isEqualTo(words[2]);
          assertThat(words[3]).isIn("counter", "gauge");
          assertThat(words[2].endsWith("_total")).isEqualTo(words[3].equals("counter"));
          types.put(words[2], words[3]);
          family = words[2];
        } else {
          Matcher sample = SAMPLE.matcher(each);
          assertThat(sample.matches()).as(each).isTrue();
          assertThat(sample.group(1)).as("beneath its own TYPE").isEqualTo(family);
          Double before =
              samples.put(sample.group(1) + sample.group(2), Double.valueOf(sample.group(4)));
          assertThat(before).as("twice: " + each).isNull();
        }
      }
      return new Exposition(samples, types);
    }

    double value(String name, String labels) {
      assertThat(samples).containsKey(name + labels);
      return samples.get(name + labels);
    }
  }

  private String of(String... more) {
    String facility = "facility=\"" + line.facility().name() + "\"";
    return more.length == 0 ? "{" + facility + "}" : "{" + facility + "," + more[0] + "}";
  }

  @Test
  void theFiguresAreThoseOfTheDayAndTheTextIsAsPrometheusReadsIt() {
    var result = line.run("metrics");
    assertThat(result.exit()).as(result.err()).isZero();
    Exposition text = Exposition.parse(result.out());
    assertThat(text.value("opd_up", of())).isEqualTo(1);
    assertThat(text.value("opd_decisions_total", of("outcome=\"token_allocated\""))).isEqualTo(2);
    assertThat(text.value("opd_decisions_total", of("outcome=\"token_displaced\""))).isEqualTo(1);
    assertThat(text.value("opd_decisions_total", of("outcome=\"allocation_rejected\"")))
        .isEqualTo(1);
    assertThat(text.value("opd_decisions_total", of("outcome=\"slot_cancelled\""))).isZero();
    assertThat(text.value("opd_tokens", of("status=\"active\""))).isEqualTo(1);
    assertThat(text.value("opd_tokens", of("status=\"displaced\""))).isEqualTo(1);
    assertThat(text.value("opd_tokens_owed", of())).isEqualTo(1);
    assertThat(text.value("opd_log_entries_total", of())).isGreaterThanOrEqualTo(8);
    assertThat(text.value("opd_log_size_bytes", of())).isGreaterThan(8192);
    assertThat(text.value("opd_schema_differences", of())).isZero();
    assertThat(text.types()).containsEntry("opd_last_decision_timestamp_seconds", "gauge");
    assertThat(text.samples()).doesNotContainKey("opd_last_seal_timestamp_seconds" + of());
    assertThat(result.out()).doesNotContain("Patient", "98765");

    line.run("audit", "seal");
    assertThat(
            Exposition.parse(line.run("metrics").out())
                .value("opd_last_seal_timestamp_seconds", of()))
        .isGreaterThan(1.7e9);
  }

  @Test
  void anAuditorsRightsSuffice() {
    new Roles(line.facility().administrator()).setUp(Map.of(FacilityRole.AUDITOR, "secret"), false);
    line.with("OPD_DB_USER", line.facility().name().role(FacilityRole.AUDITOR))
        .with("OPD_DB_PASSWORD", "secret");
    var result = line.run("metrics");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(Exposition.parse(result.out()).value("opd_tokens_owed", of())).isEqualTo(1);
  }

  @Test
  void aFacilityThatCannotBeAskedIsDownAndTheFileIsWholeAllTheSame(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("opd.prom");
    assertThat(line.run("metrics", "--file", file.toString()).out()).isEmpty();
    assertThat(Exposition.parse(Files.readString(file)).value("opd_up", of())).isEqualTo(1);
    line.with("OPD_DB_URL", "postgresql://127.0.0.1:1/opd").with("OPD_TIMEOUT", "1");
    assertThat(line.run("metrics", "--file", file.toString()).exit()).isEqualTo(5);
    assertThat(Exposition.parse(Files.readString(file)).samples())
        .containsOnlyKeys("opd_up" + of());
  }
}
