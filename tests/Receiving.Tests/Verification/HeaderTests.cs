using System.Collections.Concurrent;
using System.Net;
using Waybill.Notifications.Signing;
using Waybill.Receiving.Tests.Support;

namespace Waybill.Receiving.Tests.Verification;

/// <summary>Rules out that odd headers reach the handler, that a right call is refused for how it is written, and that a refusal tells what it must not.</summary>
public sealed class HeaderTests : IAsyncLifetime
{
    private const string Id = WebhookHeaders.Id;
    private const string Time = WebhookHeaders.Timestamp;
    private const string Signature = WebhookHeaders.Signature;

    private readonly ConcurrentQueue<Webhook> _handled = new();
    private TestReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await TestReceiver.StartAsync(_handled, hook => hook.VerifyStandardWebhook(Call.Secret));

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Theory]
    [InlineData(Id)]
    [InlineData(Time)]
    [InlineData(Signature)]
    public async Task A_header_that_is_missing_or_empty_is_named(string name)
    {
        var call = new Call();
        var without = call.Headers.Where(header => header.Key != name).ToDictionary();

        await RefusesAsync(call, without, HttpStatusCode.BadRequest, $"The header {name} is missing.");
        await RefusesAsync(call, With(call, name, ""), HttpStatusCode.BadRequest, $"The header {name} is missing.");
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("1764504000.5")]
    [InlineData("-1764504000")]
    [InlineData("+1764504000")]
    [InlineData("0x1")]
    [InlineData("253402300800")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1764504000, 1764504000")]
    public async Task A_timestamp_that_is_no_number_of_seconds_is_malformed(string timestamp)
    {
        var call = new Call();
        await RefusesAsync(call, With(call, Time, timestamp), HttpStatusCode.BadRequest, "The header webhook-timestamp must be one number of seconds since 1970.");
    }

    [Fact]
    public async Task An_id_of_other_characters_or_of_too_many_is_malformed_and_so_are_two()
    {
        const string reason = "The header webhook-id must be one id of 1 to 255 visible ASCII characters, none of them a full stop.";
        var call = new Call();

        foreach (var id in new[] { "evt.1", "evt 1", new string('x', 256) })
        {
            await RefusesAsync(call, With(call, Id, id), HttpStatusCode.BadRequest, reason);
        }

        await RefusesAsync(call, With(call, Id, call.Id, call.Id), HttpStatusCode.BadRequest, reason);
        await RefusesAsync(call, With(call, Time, "1", "2"), HttpStatusCode.BadRequest, "The header webhook-timestamp must be one number of seconds since 1970.");
    }

    /// <summary>Of <c>evt.1764504000.5</c> both parts could be made: id, time and body, or an id with a full stop, another time, and the rest.</summary>
    [Fact]
    public async Task The_boundary_between_id_and_time_cannot_be_moved()
    {
        var signed = new Call { Id = "evt", Body = "1764504000.{}"u8.ToArray() };
        var moved = new Call { Id = $"evt.{signed.Timestamp}", Timestamp = signed.Timestamp, Body = "{}"u8.ToArray() };
        var headers = new Dictionary<string, string[]>(moved.Headers) { [Signature] = [signed.Signature] };

        Assert.Equal(HttpStatusCode.OK, (await _receiver.SendAsync(signed)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _receiver.SendAsync(moved.ToRequest(headers))).Status);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("v1,AAAA {0}")]
    [InlineData("  {0}   v1,AAAA ")]
    [InlineData("{0} {0}")]
    [InlineData("v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg== {0}")]
    [InlineData("nonsense , ,, v1 {0}")]
    public async Task A_right_signature_is_found_among_others(string list)
    {
        var call = new Call();
        var answer = await _receiver.SendAsync(call.ToRequest(With(call, Signature, string.Format(null, list, call.Signature))));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("v1a,{0}")]
    [InlineData("v2,{0}")]
    [InlineData("V1,{0}")]
    [InlineData("{0}")]
    [InlineData("v1,{0}=")]
    [InlineData("v1, {0}")]
    [InlineData("v1;{0}")]
    public async Task A_right_hash_under_another_version_or_spelling_is_no_signature(string spelling)
    {
        var call = new Call();
        await RefusesAsync(call, With(call, Signature, string.Format(null, spelling, call.Signature["v1,".Length..])), HttpStatusCode.Unauthorized, "No signature is valid.");
    }

    [Fact]
    public async Task Signatures_may_come_in_several_lines_and_names_in_upper_case()
    {
        var call = new Call();
        var lines = With(call, Signature, "v1,AAAA", call.Signature);
        var upper = call.Headers.ToDictionary(header => header.Key.ToUpperInvariant(), header => header.Value);

        Assert.Equal(HttpStatusCode.OK, (await _receiver.SendAsync(call.ToRequest(lines))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _receiver.SendAsync(call.ToRequest(upper))).Status);
    }

    [Fact]
    public async Task Another_id_time_body_or_secret_than_was_signed_is_refused_and_all_alike()
    {
        var call = new Call();
        var time = call.Timestamp + 1;

        foreach (var request in new[]
        {
            call.ToRequest(With(call, Id, call.Id + "x")),
            call.ToRequest(With(call, Time, time.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            (call with { Body = "{}"u8.ToArray() }).ToRequest(call.Headers),
            (call with { Secrets = [Call.OtherSecret] }).ToRequest(),
        })
        {
            var answer = await _receiver.SendAsync(request);
            Assert.Equal((HttpStatusCode.Unauthorized, "No signature is valid."), (answer.Status, answer.Reason));
        }

        Assert.Empty(_handled);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-300, null)]
    [InlineData(300, null)]
    [InlineData(-301, "The timestamp is too old.")]
    [InlineData(301, "The timestamp is too new.")]
    [InlineData(-1_764_504_000, "The timestamp is too old.")]
    public async Task A_call_is_as_old_or_new_as_it_may_be_and_no_second_more(long seconds, string? reason)
    {
        var call = new Call { Timestamp = Math.Max(0, Clock.Start.ToUnixTimeSeconds() + seconds) };

        if (reason is not null)
        {
            await RefusesAsync(call, call.Headers, HttpStatusCode.Unauthorized, reason);
            return;
        }

        Assert.Equal(HttpStatusCode.OK, (await _receiver.SendAsync(call)).Status);
    }

    private static Dictionary<string, string[]> With(Call call, string name, params string[] values) => new(call.Headers) { [name] = values };

    private async Task RefusesAsync(Call call, IReadOnlyDictionary<string, string[]> headers, HttpStatusCode status, string reason)
    {
        var answer = await _receiver.SendAsync(call.ToRequest(headers));

        Assert.Equal((status, "application/problem+json", reason), (answer.Status, answer.MediaType, answer.Reason));
        Assert.DoesNotContain(call.Signature["v1,".Length..], answer.Body, StringComparison.Ordinal);
        Assert.Empty(_handled);
    }
}
