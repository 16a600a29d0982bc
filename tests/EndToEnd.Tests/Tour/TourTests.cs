using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>What README.md and docs/tour.md have their reader type, typed: only the ports are others.</summary>
[Collection(WaybillCollection.Name)]
public sealed class TourTests(WaybillFixture fixture)
{
    private const string Signed = "/hook/signed?verify=1";

    private static readonly PrintedTour Printed = PrintedTour.Notifications;

    public static TheoryData<string> Posts => [.. Printed.Commands.Where(command => command.Contains(" -d '", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task Each_post_is_accepted(string command)
    {
        var answer = await Shell.AnswerAsync(Here(command));

        Assert.Equal("QUEUED", answer.Text("status"));
        Assert.StartsWith("ntf_", answer.Text("id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_receiver_says_that_the_signed_delivery_is_verified()
    {
        var id = await PostAsync(Signed);

        var record = await fixture.Waybill.DeliveredAsync(id);
        var received = await Shell.AnswerAsync(Here(Printed.With("name=signed")));

        Assert.Equal(200, record.Number("deliveryResult.statusCode"));
        var call = received.At("items").EnumerateArray().Single(call => call.Text("webhookId") == id);
        Assert.Equal(("verified", """{"order":4711}"""), (call.Text("signature"), call.Text("body")));
        Assert.StartsWith("v1,", call.Text("headers.webhook-signature"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_of_ones_own_verifies_with_the_official_library()
    {
        await using var receiver = await OwnReceiver.StartAsync(Printed.With("receiver.mjs"));

        var id = await PostAsync(":5198/", receiver.Port);

        await receiver.PrintsAsync($$"""verified {{id}}: {"order":4711}""");
        Assert.Equal(204, (await fixture.Waybill.DeliveredAsync(id)).Number("deliveryResult.statusCode"));
    }

    [Fact]
    public async Task With_another_secret_it_refuses_and_the_record_has_the_401()
    {
        await using var receiver = await OwnReceiver.StartAsync(Printed.With("receiver.mjs").Replace("whsec_d2F5", "whsec_AAAA", StringComparison.Ordinal));

        var id = await PostAsync(":5198/", receiver.Port);

        await receiver.PrintsAsync("refused: ");
        Assert.Equal("http_401", (await fixture.Waybill.FailedAsync(id)).Text("deliveryResult.errorDetails.code"));
    }

    /// <returns>The id of the notification that the command of the tour handed over.</returns>
    private async Task<string> PostAsync(string part, int ownReceiver = 5198)
    {
        var answer = await Shell.AnswerAsync(Here(Printed.With(part), ownReceiver));
        return answer.Text("id");
    }

    private string Here(string command, int ownReceiver = 5198) => command
        .Replace("http://localhost:5101/", fixture.IntakeUrl.ToString(), StringComparison.Ordinal)
        .Replace("http://localhost:5102/", fixture.StatusUrl.ToString(), StringComparison.Ordinal)
        .Replace("http://localhost:5199/", fixture.Receiver.Url("/"), StringComparison.Ordinal)
        .Replace(":5198/", $":{ownReceiver}/", StringComparison.Ordinal);
}
