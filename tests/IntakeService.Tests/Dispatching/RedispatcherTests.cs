using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waybill.IntakeService.Dispatching;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;

namespace Waybill.IntakeService.Tests.Dispatching;

/// <summary>Rules out that a due notification costs more than one call, and that one that gets no answer is taken for an outage, or the reverse.</summary>
public sealed class RedispatcherTests
{
    private const string Dispatch = "dispatch";
    private const string Due = "due";
    private const string Read = "read";

    private static readonly DateTimeOffset DueAt = new(2030, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private static readonly string Ended = JsonSerializer.Serialize(
        new NotificationRecord
        {
            Id = "ntf_1",
            Owner = "alice",
            Status = NotificationStatus.Failed,
            Version = 2,
            Epoch = 0,
            Url = "http://127.0.0.1:9/",
            Method = "POST",
            TimeoutSeconds = 15,
            Attempts = 0,
            MaxAttempts = 10,
            Claims = 16,
            CreatedAt = DueAt,
            LastUpdatedAt = DueAt,
            Fingerprint = "f",
        },
        NotificationsJson.Default.NotificationRecord);

    [Theory]
    [InlineData(200, DispatchStep.Done)]
    [InlineData(409, DispatchStep.Nothing)]
    [InlineData(404, DispatchStep.Nothing)]
    public async Task One_call_says_what_became_of_it(int status, DispatchStep step)
    {
        var service = new Service(_ => status);

        Assert.Equal(step, await HandleAsync(service));
        Assert.Equal([Dispatch], service.Asked);
    }

    [Fact]
    public async Task What_gets_no_answer_and_cannot_be_read_while_its_shard_can_is_in_trouble_of_its_own()
    {
        var service = new Service(asked => asked == Due ? 200 : 503);

        var trouble = await Assert.ThrowsAsync<RecordTroubleException>(() => HandleAsync(service));

        Assert.Equal(("ntf_1", false), (trouble.Id, trouble.ForGood));
        Assert.Equal([Dispatch, Due, Read], service.Asked);
    }

    [Fact]
    public async Task What_can_be_read_and_not_written_is_an_outage()
    {
        var service = new Service(asked => asked == Dispatch ? 503 : 200);

        await Assert.ThrowsAsync<StatusUnavailableException>(() => HandleAsync(service));

        Assert.Equal([Dispatch, Due, Read, Dispatch], service.Asked);
    }

    [Fact]
    public async Task What_gets_its_answer_at_the_second_try_is_no_trouble()
    {
        var answers = new Queue<int>([503, 200, 200, 200]);
        var service = new Service(_ => answers.Dequeue());

        Assert.Equal(DispatchStep.Done, await HandleAsync(service));
        Assert.Equal([Dispatch, Due, Read, Dispatch], service.Asked);
    }

    [Fact]
    public async Task Where_its_shard_gets_no_answer_either_that_is_an_outage_and_nothing_more_is_asked()
    {
        var service = new Service(_ => 503);

        await Assert.ThrowsAsync<StatusUnavailableException>(() => HandleAsync(service));

        Assert.Equal([Dispatch, Due], service.Asked);
    }

    /// <summary>None of them comes to the queue.</summary>
    private static Task<DispatchStep> HandleAsync(Service service)
    {
        var status = new StatusClient(new HttpClient(service) { BaseAddress = new Uri("http://status.test") });
        var redispatcher = new Redispatcher(status, null!, Options.Create(new DispatcherOptions()), NullLogger<Redispatcher>.Instance);

        return redispatcher.HandleAsync(new DueNotification("ntf_1", DueAt), CancellationToken.None);
    }

    /// <summary>A status service that has given the notification up, or answers otherwise.</summary>
    private sealed class Service(Func<string, int> statusOf) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            var asked = path.EndsWith(StatusRoutes.Due, StringComparison.Ordinal) ? Due
                : request.Method == HttpMethod.Get ? Read
                : BatchFormat.ReadCall((await request.Content!.ReadAsByteArrayAsync(cancellationToken)).AsMemory()[..^1]).Transition;

            Asked.Add(asked);
            var status = statusOf(asked);
            var body = asked == Due ? """{"items":[]}""" : status is 200 or 409 ? Ended : "{}";

            return asked == Dispatch
                ? Answer(200, $$"""{"call":0,"status":{{status}},"body":{{body}}}""" + "\n")
                : Answer(status, body);
        }

        private static HttpResponseMessage Answer(int status, string content) =>
            new((HttpStatusCode)status) { Content = new StringContent(content, Encoding.UTF8, "application/json") };
    }
}
