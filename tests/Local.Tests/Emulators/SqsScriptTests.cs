using System.Diagnostics;
using Waybill.LocalAws;

namespace Waybill.Local.Tests.Emulators;

/// <summary>sqs.mjs started by itself, as other hosts than <see cref="LocalBackends"/> do.</summary>
public sealed class SqsScriptTests
{
    [Fact]
    public async Task It_ends_when_the_pipe_to_its_parent_closes()
    {
        var tools = await LocalTools.EnsureInstalledAsync();
        using var sqs = TestProcess.Start(tools.Node, tools.SqsScript, "--port", "0");
        await sqs.LineWithAsync("SQS listening on");

        sqs.CloseInput();

        Assert.Equal(0, await sqs.ExitCodeAsync());
    }

    [Theory]
    [InlineData("< /dev/null")]
    [InlineData("<&-")]
    public async Task Without_a_pipe_it_serves_until_it_is_told_to_end(string redirection)
    {
        var tools = await LocalTools.EnsureInstalledAsync();
        using var sqs = TestProcess.Start("/bin/sh", "-c", $"exec \"$1\" \"$2\" --port 0 {redirection}", "sh", tools.Node, tools.SqsScript);
        var line = await sqs.LineWithAsync("SQS listening on");
        var url = line.Split(' ', ',').Single(word => word.StartsWith("http://127.0.0.1:", StringComparison.Ordinal));

        using var http = new HttpClient();
        Assert.True((await http.GetAsync($"{url}/health")).IsSuccessStatusCode);

        using var process = Process.GetProcessById(sqs.Id);
        Signal.RequestEnd(process);
        Assert.Equal(0, await sqs.ExitCodeAsync());
    }

    [Theory]
    [InlineData("http")]
    [InlineData("65536")]
    public async Task A_bad_port_ends_it_with_code_2(string port)
    {
        var tools = await LocalTools.EnsureInstalledAsync();
        using var sqs = TestProcess.Start(tools.Node, tools.SqsScript, "--port", port);

        Assert.Equal(2, await sqs.ExitCodeAsync());
    }
}
