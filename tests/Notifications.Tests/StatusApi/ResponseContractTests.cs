using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Notifications.Tests.StatusApi;

/// <summary>
/// Releases mix: an answer of the next one, with members that nobody here knows, is read as if they were not there; one that lacks what is
/// needed is refused with its name, instead of being taken for one with nothing in it.
/// </summary>
public sealed class ResponseContractTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch;

    private static readonly NotificationRecord Record = new()
    {
        Id = "ntf_1",
        Owner = "alice",
        Status = NotificationStatus.Processing,
        Version = 2,
        Epoch = 0,
        Url = "http://127.0.0.1:9/hook",
        Method = "POST",
        TimeoutSeconds = 15,
        Attempts = 0,
        MaxAttempts = 10,
        Claims = 1,
        CreatedAt = Time,
        LastUpdatedAt = Time,
        Lease = new Lease("token", "worker", Time, Time),
        Fingerprint = "fingerprint",
    };

    internal static readonly RedeliveryJob Job = new()
    {
        Id = "rdj_1",
        Status = RedeliveryJobStatus.Running,
        Filter = new RedeliveryFilter(Time, Time),
        RatePerSecond = 10,
        CreatedBy = "alice",
        Counts = RedeliveryCounts.None,
        Reached = Time,
        Version = 1,
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    private static readonly Dictionary<string, object> Samples = new object[]
    {
        Record,
        new ClaimResponse(Record, new NotificationRequest("POST", "http://127.0.0.1:9/hook", new Dictionary<string, string>(), null, null)),
        new DueResponse([new DueNotification("ntf_1", Time)]),
        new RedeliveryJobs([Job]),
        new RedeliveryPage(null, ["ntf_1"], 0, 1),
    }.ToDictionary(sample => sample.GetType().Name);

    public static TheoryData<string> Answers => [.. Samples.Keys];

    /// <summary>By path, such as <c>record.lease.token</c>.</summary>
    public static TheoryData<string, string> RequiredMembers => new()
    {
        { nameof(NotificationRecord), "id" },
        { nameof(NotificationRecord), "status" },
        { nameof(NotificationRecord), "version" },
        { nameof(NotificationRecord), "lease.token" },
        { nameof(NotificationRecord), "lease.until" },
        { nameof(ClaimResponse), "record" },
        { nameof(ClaimResponse), "request" },
        { nameof(ClaimResponse), "request.url" },
        { nameof(DueResponse), "items" },
        { nameof(DueResponse), "items.id" },
        { nameof(DueResponse), "items.dueAt" },
        { nameof(RedeliveryJobs), "items" },
        { nameof(RedeliveryJobs), "items.status" },
        { nameof(RedeliveryJobs), "items.counts.seen" },
        { nameof(RedeliveryPage), "ids" },
        { nameof(RedeliveryPage), "seen" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Members_that_this_release_does_not_know_are_passed_over(string answer)
    {
        var usual = Write(Samples[answer]);
        var widened = JsonNode.Parse(usual)!;
        Widen(widened);

        Assert.NotEqual(usual, widened.ToJsonString());
        Assert.Equal(usual, Write(Read(answer, widened.ToJsonString())));
    }

    [Theory]
    [MemberData(nameof(RequiredMembers))]
    public void A_required_member_that_is_missing_is_named(string answer, string path)
    {
        var names = path.Split('.');
        var json = JsonNode.Parse(Write(Samples[answer]))!;
        var holder = json;

        foreach (var name in names[..^1])
        {
            holder = holder[name] is JsonArray items ? items[0]! : holder[name]!;
        }

        Assert.True(holder.AsObject().Remove(names[^1]));
        Assert.Contains($"'{names[^1]}'", Assert.Throws<JsonException>(() => Read(answer, json.ToJsonString())).Message, StringComparison.Ordinal);
    }

    private static string Write(object answer) => JsonSerializer.Serialize(answer, answer.GetType(), NotificationsJson.Default);

    private static object Read(string answer, string json) => JsonSerializer.Deserialize(json, Samples[answer].GetType(), NotificationsJson.Default)!;

    /// <summary>In each object of it, but for a client's headers, whose names are the client's.</summary>
    private static void Widen(JsonNode? json)
    {
        if (json is JsonArray items)
        {
            items.ToList().ForEach(Widen);
        }

        if (json is JsonObject members)
        {
            members.Where(member => member.Key != "headers").Select(member => member.Value).ToList().ForEach(Widen);
            members["ofALaterRelease"] = new JsonObject { ["deep"] = new JsonArray(1, "two", null) };
        }
    }
}
