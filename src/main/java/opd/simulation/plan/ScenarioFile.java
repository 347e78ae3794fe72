package opd.simulation.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import opd.domain.ClockSource;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.TokenPriority;

/// Reads a scenario from JSON as `scenario.schema.json` describes it. Every mistake is told at
/// once, each with where it is.
public final class ScenarioFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final long MOST_BYTES = 1_000_000;
  private static final int MOST_EVENTS = 1_000;

  private final ScenarioMistakes mistakes;

  private ScenarioFile(ScenarioMistakes mistakes) {
    this.mistakes = mistakes;
  }

  /// @throws OpdException INVALID_INPUT with all mistakes in the message
  public static Scenario read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw OpdException.invalid("the scenario " + file + " is larger than a megabyte");
      }
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw OpdException.invalid(
          "the scenario " + file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /// @throws OpdException INVALID_INPUT with all mistakes in the message
  public static Scenario parse(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw OpdException.invalid("the scenario is no JSON: " + place(e) + e.getOriginalMessage());
    }
    ScenarioMistakes mistakes = new ScenarioMistakes(json);
    Scenario scenario = new ScenarioFile(mistakes).scenario(root);
    List<String> found = mistakes.sentences();
    if (!found.isEmpty()) {
      throw OpdException.invalid("the scenario has mistakes", found);
    }
    return scenario;
  }

  /// The scenario that ships with the program, to start from.
  public static String example() {
    return resource("scenario.example.json");
  }

  /// The JSON Schema of scenarios.
  public static String schema() {
    return resource("scenario.schema.json");
  }

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(ScenarioFile.class.getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }

  private static String place(JacksonException fault) {
    JsonLocation at = fault.getLocation();
    return at == null ? "" : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
  }

  private Scenario scenario(JsonNode root) {
    if (!root.isObject()) {
      mistakes.add("", "must be an object");
      return Scenario.of(Sizes.STANDARD);
    }
    allowOnly(
        root,
        "",
        Set.of("zone", "doctors", "slots", "capacity", "patients", "rates", "events", "$schema"));
    if (root.has("$schema") && !root.path("$schema").isTextual()) {
      mistakes.add("$schema", "must be a text");
    }
    Sizes standard = Sizes.STANDARD;
    int doctors = integer(root, "", "doctors", 1, Sizes.MOST_DOCTORS, standard.doctors());
    int slots = integer(root, "", "slots", 1, Sizes.MOST_SLOTS, standard.slots());
    int patients = integer(root, "", "patients", 0, Sizes.MOST_PATIENTS, standard.patients());
    int fitting = Sizes.fittingCapacity(doctors, slots, patients);
    int capacity = integer(root, "", "capacity", 1, Slot.MOST_CAPACITY, fitting);
    Rates rates = rates(root.path("rates"));
    List<Incident> incidents = incidents(root.path("events"), doctors);
    return new Scenario(
        new Sizes(doctors, slots, capacity, patients), rates, incidents, zone(root.path("zone")));
  }

  private ZoneId zone(JsonNode node) {
    if (node.isMissingNode()) {
      return Scenario.STANDARD_ZONE;
    }
    try {
      String name = node.isTextual() ? node.asText() : "";
      return FacilitySettings.of("IN", name, ClockSource.SIMULATION).zone();
    } catch (OpdException e) {
      mistakes.add("zone", "must be the name of a time zone, such as Asia/Kolkata");
      return Scenario.STANDARD_ZONE;
    }
  }

  private Rates rates(JsonNode node) {
    Rates standard = Rates.STANDARD;
    if (node.isMissingNode()) {
      return standard;
    }
    if (!node.isObject()) {
      mistakes.add("rates", "must be an object");
      return standard;
    }
    String at = "rates.";
    allowOnly(
        node,
        at,
        Set.of(
            "prebooked",
            "followUp",
            "emergency",
            "noShow",
            "cancellation",
            "lateDoctor",
            "consultationVariation",
            "lateArrival",
            "sentAway",
            "missedCall",
            "outOfTurn",
            "lastCall",
            "secondRoom",
            "rescheduled",
            "closedByMistake",
            "shrunk"));
    return new Rates(
        number(node, at, "prebooked", 1, standard.prebooked()),
        number(node, at, "followUp", 1, standard.followUp()),
        number(node, at, "emergency", 1, standard.emergency()),
        number(node, at, "noShow", 1, standard.noShow()),
        number(node, at, "cancellation", 1, standard.cancellation()),
        number(node, at, "lateDoctor", 1, standard.lateDoctor()),
        number(node, at, "consultationVariation", 3, standard.consultationVariation()),
        serving(node, at, standard.serving()),
        corrections(node, at, standard.corrections()));
  }

  private Rates.Serving serving(JsonNode node, String at, Rates.Serving standard) {
    return new Rates.Serving(
        number(node, at, "lateArrival", 1, standard.lateArrival()),
        number(node, at, "sentAway", 1, standard.sentAway()),
        number(node, at, "missedCall", 1, standard.missedCall()),
        number(node, at, "outOfTurn", 1, standard.outOfTurn()),
        number(node, at, "lastCall", 1, standard.lastCall()),
        number(node, at, "secondRoom", 1, standard.secondRoom()));
  }

  private Rates.Corrections corrections(JsonNode node, String at, Rates.Corrections standard) {
    return new Rates.Corrections(
        number(node, at, "rescheduled", 1, standard.rescheduled()),
        number(node, at, "closedByMistake", 1, standard.closedByMistake()),
        number(node, at, "shrunk", 1, standard.shrunk()));
  }

  private List<Incident> incidents(JsonNode node, int doctors) {
    List<Incident> incidents = new ArrayList<>();
    if (node.isMissingNode()) {
      return incidents;
    }
    if (!node.isArray() || node.size() > MOST_EVENTS) {
      mistakes.add("events", "must be a list of at most " + MOST_EVENTS);
      return incidents;
    }
    for (int index = 0; index < node.size(); index++) {
      String at = "events[" + index + "].";
      if (node.get(index).isObject()) {
        incident(node.get(index), at, doctors, incidents);
      } else {
        mistakes.add("events[" + index + "]", "must be an object");
      }
    }
    return incidents;
  }

  private void incident(JsonNode node, String at, int doctors, List<Incident> incidents) {
    LocalTime time = time(node, at);
    int doctor = integer(node, at, "doctor", 1, doctors, 0);
    switch (node.path("event").asText("")) {
      case "delay" -> {
        allowOnly(node, at, Set.of("at", "doctor", "event", "minutes"));
        incidents.add(new Incident.Delay(time, doctor, integer(node, at, "minutes", 1, 600, 0)));
      }
      case "leave" -> {
        allowOnly(node, at, Set.of("at", "doctor", "event"));
        incidents.add(new Incident.Leave(time, doctor));
      }
      case "arrivals" -> {
        allowOnly(node, at, Set.of("at", "doctor", "event", "count", "priority"));
        int count = integer(node, at, "count", 1, 1_000, 0);
        incidents.add(new Incident.Arrivals(time, doctor, count, priority(node, at)));
      }
      default -> mistakes.add(at + "event", "must be one of delay, leave, arrivals");
    }
  }

  private void allowOnly(JsonNode node, String at, Set<String> names) {
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!names.contains(name)) {
            mistakes.add(at + name, "is not known here");
          }
        });
  }

  /// @param otherwise when it is left out; 0 for what must not be
  private int integer(JsonNode node, String at, String name, int least, int most, int otherwise) {
    JsonNode value = node.path(name);
    boolean isMissing = value.isMissingNode();
    if (isMissing && otherwise >= least) {
      return otherwise;
    }
    // 8.0 is a whole number too, as JSON Schema has it.
    boolean isInteger = value.canConvertToExactIntegral() && value.canConvertToInt();
    if (!isInteger || value.intValue() < least || value.intValue() > most) {
      mistakes.add(at + name, "must be a whole number from " + least + " to " + most);
      return least;
    }
    return value.intValue();
  }

  private double number(JsonNode node, String at, String name, int most, double otherwise) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > most) {
      mistakes.add(at + name, "must be a number from 0 to " + most);
      return otherwise;
    }
    return value.doubleValue();
  }

  private LocalTime time(JsonNode node, String at) {
    String text = node.path("at").asText("");
    try {
      if (text.length() == "09:00".length()) {
        return LocalTime.parse(text);
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    mistakes.add(at + "at", "must be a time of the day, such as 09:00");
    return LocalTime.MIDNIGHT;
  }

  private TokenPriority priority(JsonNode node, String at) {
    String text = node.path("priority").asText("");
    for (TokenPriority priority : TokenPriority.values()) {
      if (priority.name().equals(text)) {
        return priority;
      }
    }
    mistakes.add(at + "priority", "must be one of EMERGENCY, PAID, FOLLOW_UP");
    return TokenPriority.EMERGENCY;
  }
}
