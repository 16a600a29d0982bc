using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Faults.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;
using Xunit.Abstractions;

namespace Waybill.Faults.Tests.Crashes;

/// <summary>kill -9 in the middle of a fan-out to a hundred endpoints: each gets the event, and none of them twice without an excuse.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class FanOutTests(SystemFixture fixture, ITestOutputHelper output) : FaultTest(fixture, output)
{
    private const int Endpoints = 100;
    private const string Owner = "alice";

    /// <summary>The Dispatcher finishes what is marked half a minute after it was begun; and then it delivers.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public Task The_status_service_dies_in_mid_fan_out() =>
        CrashAsync("status", () => Waybill.Status.Process.KillAsync(), () => Waybill.Status.Process.StartAsync());

    [Fact]
    public Task Intake_dies_in_mid_fan_out() => CrashAsync("intake", () => Waybill.Intake.KillAsync(), () => Waybill.Intake.StartAsync());

    [Fact]
    public Task The_table_dies_in_mid_fan_out() => CrashAsync("table", () => Waybill.Backends.DynamoDb.KillAsync(), () => Waybill.Backends.DynamoDb.StartAsync());

    /// <summary>The event is posted, and the part killed once some of its notifications are stored, and not yet all.</summary>
    private async Task CrashAsync(string tenant, Func<Task> kill, Func<Task> start)
    {
        var endpoints = await CreateEndpointsAsync(tenant);
        var key = Guid.NewGuid().ToString("N");
        var eventId = EventIds.FromIdempotencyKey(Owner, key);
        var notifications = endpoints.Select(endpoint => NotificationId.OfEvent(eventId, endpoint)).ToArray();

        var posting = PostAsync(tenant, key);
        await Eventually.HoldsAsync(async () => posting.IsCompleted || await IsBegunAsync(notifications));
        await kill();
        var answered = await posting;
        await start();

        // As a client does that got no answer. The promise is that of the last one.
        var status = await Eventually.BecomesAsync(() => PostAsync(tenant, key), answer => answer == HttpStatusCode.Accepted);
        var records = await Eventually.BecomesAsync(() => ReadAsync(notifications), read => read.All(record => record is { IsFinal: true }), Deadline);

        Assert.All(records, record => Assert.Equal(NotificationStatus.Success, record!.Status));
        var calls = Waybill.Receiver.CallsFor(eventId).Count;
        var excused = records.Sum(record => record!.History.Count - 1);
        Assert.InRange(calls, Endpoints, Endpoints + excused);
        Print($"The first post was answered {answered?.ToString() ?? "with nothing"}, a later one {status}; {calls} calls, {excused} of them again after an attempt that was lost.");
    }

    private async Task<bool> IsBegunAsync(IReadOnlyList<string> notifications)
    {
        try
        {
            return await Waybill.ReadAsync(notifications[0]) is not null;
        }
        catch (Exception exception) when (exception is StatusUnavailableException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<NotificationRecord?>> ReadAsync(IReadOnlyList<string> notifications) =>
        await Eventually.AnswersAsync(() => Task.WhenAll(notifications.Select(Waybill.ReadAsync)));

    /// <returns>Null where nobody answered.</returns>
    private async Task<HttpStatusCode?> PostAsync(string tenant, string key)
    {
        using var http = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/events") { Content = JsonContent.Create(new { type = "order.paid", tenant, payload = new { order = 4711 } }) };
        request.Headers.Add("Idempotency-Key", key);

        try
        {
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> CreateEndpointsAsync(string tenant)
    {
        using var http = Client();
        var ids = new List<string>();

        for (var number = 0; number < Endpoints; number++)
        {
            var url = Waybill.Receiver.Urls[number % Waybill.Receiver.Urls.Count];
            using var answer = await http.PostAsJsonAsync($"v1/tenants/{tenant}/endpoints", new { url, types = new[] { "order.*" } });
            ids.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
        }

        return ids;
    }

    private HttpClient Client() => new()
    {
        BaseAddress = Waybill.Intake.Url,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Alice) },
    };
}
