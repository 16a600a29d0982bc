using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Receiver;

namespace Waybill.Local.Tests.Receiver;

/// <summary>Signatures as the Standard Webhooks specification has them, and what becomes of a request that has none or a bad one.</summary>
public sealed class SignatureTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string NextSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const string Stranger = "whsec_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";

    private readonly RunningReceiver _receiver = RunningReceiver.WithSecrets(Secret, NextSecret);

    public Task InitializeAsync() => _receiver.InitializeAsync();

    public Task DisposeAsync() => _receiver.DisposeAsync();

    [Theory]
    [InlineData(Secret)]
    [InlineData(NextSecret)]
    public async Task A_signature_with_any_of_the_secrets_is_verified(string secret) =>
        Assert.Equal((200, "verified"), await SendAsync(request => request.Signature = request.Sign(secret)));

    [Fact]
    public async Task One_good_signature_among_others_is_enough() => Assert.Equal((200, "verified"), await SendAsync(request =>
        request.Signature = $"v1a,AAAA {request.Sign(Stranger)} {request.Sign(Secret)}"));

    [Fact]
    public async Task A_body_that_is_too_long_to_keep_is_checked_to_its_end()
    {
        Assert.Equal((200, "verified"), await SendAsync(request =>
        {
            request.Body = new string('x', 200_000);
            request.Signature = request.Sign(Secret);
        }));

        Assert.Equal((401, "wrong"), await SendAsync(request =>
        {
            request.Body = new string('x', 200_000);
            request.Signature = request.Sign(Secret);
            request.Body = new string('x', 199_999) + "y";
        }));
    }

    [Fact]
    public async Task A_signature_of_somebody_else_is_wrong() =>
        Assert.Equal((401, "wrong"), await SendAsync(request => request.Signature = request.Sign(Stranger)));

    [Fact]
    public async Task A_signature_of_another_id_or_time_or_version_is_wrong()
    {
        Assert.Equal((401, "wrong"), await SendAsync(request =>
        {
            request.Signature = request.Sign(Secret);
            request.Id = "ntf_2";
        }));

        Assert.Equal((401, "wrong"), await SendAsync(request =>
        {
            request.Signature = request.Sign(Secret);
            request.Timestamp = SignedRequest.Now(TimeSpan.FromSeconds(-20));
        }));

        Assert.Equal((401, "wrong"), await SendAsync(request => request.Signature = request.Sign(Secret).Replace("v1,", "v2,", StringComparison.Ordinal)));
        Assert.Equal((401, "wrong"), await SendAsync(request => request.Signature = request.Sign(Secret)[..^1]));
    }

    [Theory]
    [InlineData(-290, 200, "verified")]
    [InlineData(-320, 401, "too-old")]
    [InlineData(290, 200, "verified")]
    [InlineData(330, 401, "too-new")]
    public async Task A_time_may_be_five_minutes_off(int seconds, int status, string signature) => Assert.Equal((status, signature), await SendAsync(request =>
    {
        request.Timestamp = SignedRequest.Now(TimeSpan.FromSeconds(seconds));
        request.Signature = request.Sign(Secret);
    }));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    public async Task A_time_that_is_none_is_refused(string timestamp) => Assert.Equal((401, timestamp.Length == 0 ? "absent" : "wrong"), await SendAsync(request =>
    {
        request.Timestamp = timestamp;
        request.Signature = request.Sign(Secret);
    }));

    [Fact]
    public async Task A_request_without_a_signature_is_refused_with_a_sentence_that_says_so()
    {
        using var response = await _receiver.Http.PostAsync("/ok?verify=1", null);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("The request is not signed", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_url_does_not_ask_the_signature_is_told_and_nothing_is_refused() =>
        Assert.Equal((200, "wrong"), await SendAsync(request => request.Signature = request.Sign(Stranger), "/hook"));

    [Fact]
    public async Task A_receiver_without_a_secret_tells_nothing_and_refuses_where_the_url_asks()
    {
        var receiver = new RunningReceiver();
        await receiver.InitializeAsync();

        using var plain = await receiver.Http.PostAsync("/ok", null);
        using var refused = await receiver.Http.PostAsync("/ok?verify=1", null);

        Assert.Equal((200, 401), ((int)plain.StatusCode, (int)refused.StatusCode));
        Assert.Contains("Signing__Secrets__0", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False((await receiver.ReceivedAsync()).GetProperty("items")[0].TryGetProperty("signature", out _));
        await receiver.DisposeAsync();
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_dG9vIHNob3J0")]
    public void A_wrong_secret_ends_the_start_and_is_not_shown(string secret)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => ReceiverApp.Build([$"--Signing:Secrets:0={secret}"]));

        Assert.Contains("Signing:Secrets:0", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, failure.Message, StringComparison.Ordinal);
    }

    /// <returns>The answer's status, and what the receiver says of the signature.</returns>
    private async Task<(int Status, string? Signature)> SendAsync(Action<SignedRequest> prepare, string url = "/hook?verify=1")
    {
        var signed = new SignedRequest();
        prepare(signed);
        using var request = signed.To(url);
        using var response = await _receiver.Http.SendAsync(request);
        var kept = (await _receiver.ReceivedAsync("?limit=1")).GetProperty("items")[0];

        Assert.Equal((int)response.StatusCode, kept.GetProperty("status").GetInt32());
        return ((int)response.StatusCode, kept.GetProperty("signature").GetString());
    }
}
