using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Signing;

/// <summary>What arrives at a receiver is verified by the official library.</summary>
public sealed class OfficialVerifierTests(OfficialVerifier official, RunningReceiver receiver)
    : IClassFixture<OfficialVerifier>, IClassFixture<RunningReceiver>
{
    private const string Old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Next = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const string Stranger = "whsec_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";

    [Theory]
    [InlineData("with-body", """{"order": "schön", "n": 1}""")]
    [InlineData("without-body", "")]
    public async Task Each_active_secret_verifies_a_delivery_and_no_other_does(string name, string body)
    {
        using var attempt = new TestAttempt(secrets: [Old, Next]);
        var url = receiver.Url($"/hook/{name}");
        var stored = A.Request(url, body: body.Length == 0 ? null : System.Text.Encoding.UTF8.GetBytes(body));

        await attempt.Attempt.MakeAsync(A.Claim(url) with { Request = stored });

        var received = receiver.Received($"/hook/{name}").Single();
        Assert.Equal("verified", await official.VerifyAsync(Old, received));
        Assert.Equal("verified", await official.VerifyAsync(Next, received));
        Assert.NotEqual("verified", await official.VerifyAsync(Stranger, received));
        Assert.NotEqual("verified", await official.VerifyAsync(Old, received, body + " "));
    }
}
