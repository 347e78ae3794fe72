package opd.output.text;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import opd.domain.AuditKind;
import opd.domain.FacilityName;
import opd.service.MetricsService.Metrics;

/// Figures in Prometheus's text format, for a node exporter's textfile collector: the samples of
/// each metric stand together, whichever facility they are of.
public final class MetricsText {
  private final Map<String, Family> families = new LinkedHashMap<>();

  private record Family(String type, String help, List<String> samples) {}

  /// @param metrics of a facility that can be asked
  public void add(Metrics metrics) {
    FacilityName facility = metrics.facility();
    up(facility, true);
    for (AuditKind kind : AuditKind.values()) {
      counter(
          "opd_decisions_total",
          "Entries of the audit log by outcome, since midnight in the facility's zone: it begins"
              + " anew every day.",
          labels(facility, "outcome", kind.name().toLowerCase(Locale.ROOT)),
          metrics.entriesToday().getOrDefault(kind.name(), 0L));
    }
    metrics
        .tokens()
        .forEach((status, count) ->
            gauge(
                "opd_tokens",
                "Tokens by status, of all days.",
                labels(facility, "status", status.name().toLowerCase(Locale.ROOT)),
                count));
    String of = labels(facility);
    gauge(
        "opd_tokens_owed", "Displaced tokens that were given no place since.", of, metrics.owed());
    gauge("opd_slots_open", "Open slots of today.", of, metrics.openSlotsToday());
    gauge(
        "opd_slots_full",
        "Open slots of today without a free place.",
        of,
        metrics.fullSlotsToday());
    counter(
        "opd_log_entries_total",
        "The id of the log's newest entry: decisions that were rolled back count, too.",
        of,
        metrics.lastEntry());
    gauge(
        "opd_log_size_bytes",
        "The log and the stored outcomes, with their indexes.",
        of,
        metrics.logBytes());
    gauge(
        "opd_facility_size_bytes",
        "All tables of the facility, with their indexes.",
        of,
        metrics.bytes());
    time("decision", "The last decision.", facility, Optional.ofNullable(metrics.lastDecision()));
    gauge(
        "opd_schema_version", "The version of the facility's schema.", of, metrics.schemaVersion());
    if (metrics.guardDifferences() != null) {
      gauge(
          "opd_schema_differences",
          "Guards and rights that are not as the migrations make them: see 'opd check'.",
          of,
          metrics.guardDifferences());
    }
  }

  /// Whether the facility could be asked.
  public void up(FacilityName facility, boolean isUp) {
    gauge(
        "opd_up",
        "Whether the facility's database could be asked.",
        labels(facility),
        isUp ? 1 : 0);
  }

  /// When something was last done; its age is time() less this.
  ///
  /// @param when empty where nobody knows: then there is no sample
  public void time(String what, String help, FacilityName facility, Optional<Instant> when) {
    when.ifPresent(time ->
        sample(
            "opd_last_%s_timestamp_seconds".formatted(what),
            "gauge",
            help,
            labels(facility),
            BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString()));
  }

  private void counter(String name, String help, String labels, long value) {
    sample(name, "counter", help, labels, Long.toString(value));
  }

  private void gauge(String name, String help, String labels, long value) {
    sample(name, "gauge", help, labels, Long.toString(value));
  }

  private void sample(String name, String type, String help, String labels, String value) {
    families
        .computeIfAbsent(name, any -> new Family(type, help, new ArrayList<>()))
        .samples()
        .add(name + labels + " " + value);
  }

  /// Names of facilities, kinds and statuses have no character that would need an escape.
  private static String labels(FacilityName facility, String... more) {
    return more.length == 0
        ? "{facility=\"%s\"}".formatted(facility)
        : "{facility=\"%s\",%s=\"%s\"}".formatted(facility, more[0], more[1]);
  }

  public void print(PrintWriter out) {
    families.forEach((name, family) -> {
      out.print("# HELP %s %s\n".formatted(name, family.help()));
      out.print("# TYPE %s %s\n".formatted(name, family.type()));
      family.samples().forEach(line -> out.print(line + "\n"));
    });
    out.flush();
  }
}
