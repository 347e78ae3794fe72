package opd.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.PatientReference;
import opd.domain.PhoneNumber;
import opd.domain.RequestId;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.record.Encoding;
import opd.service.AllocationRequest;
import opd.service.BatchLine;
import org.jspecify.annotations.Nullable;

/// Gives each line the id under which it may be repeated: from what it asks and how many equal
/// lines came before it, so that the same list taken again is the same requests. To be asked in the
/// order of the list.
final class LineIds {
  private static final int ID_DIGITS = 40;

  private final LocalDate today;
  private final @Nullable String batchId;
  private final LongFunction<SlotLabel> labels;
  private final Function<PhoneNumber, String> hmac;
  private final SeenLines seen = new SeenLines(SeenLines.MOST_LINES);

  /// @param today that lines without slot and date are for, by the facility's clock
  /// @param batchId makes the ids of this list differ from those of an equal one, or null
  /// @param labels gives a slot's label for its id, or throws an [OpdException]
  /// @param hmac gives what stands for a phone number, which nobody may try out
  LineIds(
      LocalDate today,
      @Nullable String batchId,
      LongFunction<SlotLabel> labels,
      Function<PhoneNumber, String> hmac) {
    this.today = today;
    this.batchId = batchId;
    this.labels = labels;
    this.hmac = hmac;
  }

  /// @throws OpdException SLOT_NOT_FOUND; INVALID_INPUT when the line contradicts its slot, or the
  ///   list is too long, see [SeenLines]
  BatchLine identified(IntakeLine.Parsed line) {
    AllocationRequest request = withLabel(line.request(), line.check());
    return new BatchLine(line.given() == null ? derived(request) : line.given(), request);
  }

  private AllocationRequest withLabel(AllocationRequest request, SlotCheck check) {
    return switch (request.place()) {
      case AllocationRequest.Place.InSlot(SlotReference.ById(long id)) -> {
        SlotLabel label = labels.apply(id);
        check.check(label, _ -> {});
        yield request.at(new SlotReference.ByLabel(label));
      }
      case AllocationRequest.Place.InSlot _, AllocationRequest.Place.WithDoctor _ -> request;
    };
  }

  /// Of those who ask for the next member of one phone, each is another person: the name tells them
  /// apart.
  private static @Nullable String member(
      AllocationRequest request, PatientReference.Canonical patient) {
    return request.patient() instanceof PatientReference.NextMember
        ? patient.member() + request.name().map(name -> " " + name.comparable()).orElse("")
        : patient.member();
  }

  private RequestId derived(AllocationRequest request) {
    String place =
        switch (request.place()) {
          case AllocationRequest.Place.InSlot(SlotReference slot) -> slot.toString();
          case AllocationRequest.Place.WithDoctor(DoctorCode doctor, var day) ->
              doctor + " " + day.orElse(today);
        };
    PatientReference.Canonical patient = request.patient().canonical(hmac);
    List<@Nullable String> fields = new ArrayList<>();
    fields.add(batchId);
    fields.add(place);
    fields.add(patient.phone());
    fields.add(member(request, patient));
    fields.add(request.priority().name());
    fields.add(request.source().name());
    // What is not given leaves the id as it always was.
    request.reason().ifPresent(fields::add);
    byte[] line = Encoding.sha256(fields.toArray(String[]::new));
    int before = seen.count(line);
    String digest = Encoding.sha256Hex(HexFormat.of().formatHex(line), Integer.toString(before));
    return new RequestId("batch-" + digest.substring(0, ID_DIGITS));
  }
}
