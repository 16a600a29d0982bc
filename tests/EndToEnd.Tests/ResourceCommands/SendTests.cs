using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Waybill.EndToEnd.Tests.Application;
using Waybill.LocalAws;

namespace Waybill.EndToEnd.Tests.ResourceCommands;

/// <summary>"Send a test notification" at intake: success is said of what was delivered, and of nothing else.</summary>
[Collection(WaybillCollection.Name)]
public sealed partial class SendTests(WaybillFixture fixture)
{
    [Fact]
    public async Task It_delivers_to_the_URL_that_was_typed()
    {
        var url = fixture.Receiver.Url("/hook/pressed");

        var outcome = await SendAsync(url);

        Assert.True(outcome.Success, outcome.Message);
        Assert.Contains("was delivered: 200 OK", outcome.Message, StringComparison.Ordinal);
        Assert.Equal("/hook/pressed", await PathAsync(outcome));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Without_a_URL_it_delivers_to_the_sample_receiver(string nothing)
    {
        var outcome = await SendAsync(nothing);

        Assert.True(outcome.Success, outcome.Message);
        Assert.Contains("was delivered: 200 OK", outcome.Message, StringComparison.Ordinal);
        Assert.Equal("/ok", await PathAsync(outcome));
    }

    [Fact]
    public async Task A_terminal_is_shown_the_same_sentence()
    {
        var outcome = await fixture.PressAsync("intake", "send");

        Assert.Equal(outcome.Message, outcome.Data?.Value);
    }

    [Fact]
    public async Task An_answer_of_500_is_a_failure_that_says_so()
    {
        var outcome = await SendAsync(fixture.Receiver.Url("/status/500"));

        Assert.False(outcome.Success);
        Assert.Matches("^ntf_[0-9a-z]{26} failed: .*500", outcome.Message);
    }

    [Fact]
    public async Task A_port_on_which_nobody_listens_is_a_failure_that_says_so()
    {
        var outcome = await SendAsync($"http://127.0.0.1:{LoopbackPort.Pick()}/");

        Assert.False(outcome.Success);
        Assert.Matches("^ntf_[0-9a-z]{26} failed: .*refused", outcome.Message);
    }

    [Fact]
    public async Task What_is_no_URL_is_refused_by_the_name_of_the_field()
    {
        var outcome = await SendAsync("no-url-at-all");

        Assert.False(outcome.Success);
        Assert.Contains("was refused: ", outcome.Message, StringComparison.Ordinal);
        Assert.Contains("  url must be an absolute http or https URL", outcome.Message, StringComparison.Ordinal);
    }

    private Task<ExecuteCommandResult> SendAsync(string url) => fixture.PressAsync("intake", "send", ("url", url));

    /// <summary>Where the one call for it arrived.</summary>
    private async Task<string> PathAsync(ExecuteCommandResult outcome)
    {
        var call = Assert.Single(await fixture.Receiver.CallsAsync(Id().Match(outcome.Message!).Value));
        return call.Text("path");
    }

    [GeneratedRegex("ntf_[0-9a-z]{26}")]
    private static partial Regex Id();
}
