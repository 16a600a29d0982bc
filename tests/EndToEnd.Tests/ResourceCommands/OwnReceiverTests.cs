using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.ResourceCommands;

/// <summary>The receiver of samples/own-receiver, which the dashboard has for whoever wants it.</summary>
[Collection(WaybillCollection.Name)]
public sealed class OwnReceiverTests(WaybillFixture fixture)
{
    private const string Name = "own-receiver";

    [Fact]
    public async Task It_runs_when_it_is_started_and_not_before_and_verifies_what_it_gets()
    {
        Assert.Equal("NotStarted", fixture.State(Name));

        var started = await fixture.PressAsync(Name, "start");
        Assert.True(started.Success, started.Message);

        try
        {
            await AnswersAsync();
            var sent = await fixture.PressAsync("intake", "send", ("url", fixture.Url(Name).ToString()));

            // It answers so only to what the official library has verified.
            Assert.True(sent.Success, sent.Message);
            Assert.Contains("was delivered: 204 No Content", sent.Message, StringComparison.Ordinal);
        }
        finally
        {
            await fixture.PressAsync(Name, "stop");
        }
    }

    /// <summary>With a refusal, as nothing is signed here. At its first start it installs that library before.</summary>
    private async Task AnswersAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        await Eventually.BecomesAsync(
            async () =>
            {
                try
                {
                    using var answer = await http.GetAsync(fixture.Url(Name));
                    return (int)answer.StatusCode;
                }
                catch (HttpRequestException)
                {
                    return 0;
                }
            },
            status => status == 401,
            Deadlines.State);
    }
}
