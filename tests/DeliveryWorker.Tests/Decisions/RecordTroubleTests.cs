using System.Buffers;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Pacing;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.Decisions;

/// <summary>Rules out that a record that cannot be read or written is asked about in a loop, or taken for a status service that is away.</summary>
public sealed class RecordTroubleTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private int _asked;

    [Fact]
    public async Task A_result_that_cannot_be_written_for_good_is_asked_for_once()
    {
        var recording = await new ResultRecorder(Answering(HttpStatusCode.UnprocessableEntity), _time, NullLogger<ResultRecorder>.Instance).RecordAsync(Claimed(), Decided());

        Assert.Equal((Recording.Failed, 1), (recording, _asked));
    }

    [Fact]
    public async Task A_result_on_which_the_status_service_fails_is_asked_for_again_with_pauses_until_the_lease_ends()
    {
        var recording = new ResultRecorder(Answering(HttpStatusCode.InternalServerError), _time, NullLogger<ResultRecorder>.Instance).RecordAsync(Claimed(), Decided());

        await Eventually.BecomesAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(500));
                return Task.FromResult(recording.IsCompleted);
            },
            completed => completed);

        Assert.Equal(Recording.Failed, await recording);
        Assert.InRange(_asked, 5, 40);
    }

    [Theory]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_claim_of_a_record_in_trouble_is_asked_for_once_and_leaves_the_message_to_the_queue(HttpStatusCode answer)
    {
        var claimer = new Claimer(Answering(answer), new WorkerName("worker"), new PaceClock(_time), _time, NullLogger<Claimer>.Instance);

        var trouble = await Assert.ThrowsAsync<RecordTroubleException>(() => claimer.ClaimAsync("ntf_1", target: null, CancellationToken.None));

        Assert.Equal(("ntf_1", 1), (trouble.Id, _asked));
    }

    private ClaimedDelivery Claimed() =>
        new(A.Claim("http://127.0.0.1/"), new LeaseClock(_time, _time.GetTimestamp(), DeliveryTiming.LeaseFor(5)));

    private static Decision Decided() => new(Results.Success(), null);

    private StatusClient Answering(HttpStatusCode status) => new(new HttpClient(new Answers(status, () => Interlocked.Increment(ref _asked))) { BaseAddress = new Uri("http://status.test") });

    /// <summary>Answers one call, which has a request of its own.</summary>
    private sealed class Answers(HttpStatusCode status, Action asked) : HttpMessageHandler
    {
        private static readonly byte[] Trouble = """{"type":"urn:waybill:problem:record-trouble","id":"ntf_1"}"""u8.ToArray();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked();
            var lines = new ArrayBufferWriter<byte>();
            using var writer = BatchFormat.CreateWriter(lines);
            BatchFormat.WriteAnswer(writer, 0, (int)status, nothingWritten: false, Trouble);
            BatchFormat.EndLine(writer, lines);

            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(lines.WrittenSpan.ToArray()) });
        }
    }
}
