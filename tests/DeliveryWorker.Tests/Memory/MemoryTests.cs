using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.TestSupport;
using Xunit.Abstractions;

namespace Waybill.DeliveryWorker.Tests.Memory;

/// <summary>
/// Whatever a receiver sends, an attempt takes at most 64 KiB of memory more than one at a quiet receiver. All that is allocated
/// is counted, garbage too, so it does not matter when one looks.
/// </summary>
[Collection(AloneCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class MemoryTests(ITestOutputHelper output, QuietReceiver quiet) : IClassFixture<QuietReceiver>
{
    private const long Bound = 64 * 1024;

    /// <summary>The smallest window of a stream that the platform has is 64 KiB by itself; the rest is for what is done with it.</summary>
    private const long Http2Bound = 80 * 1024;

    public static TheoryData<string> Names => [.. HungryReceivers.All.Keys.Where(name => name != HungryReceivers.Quiet)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_attempt_takes_64_KiB_at_most_at_a_receiver_that_sends(string name)
    {
        await using var server = HungryReceivers.Start(name);

        Compare(name, await MemoryUse.MeasureAsync(server.Url), quiet.Use, Bound);
    }

    [Fact]
    public async Task Over_HTTP_2_an_attempt_takes_no_more_than_the_smallest_window_and_what_is_done_with_it()
    {
        var endless = await MeasureHttp2Async(EndlessAsync);
        var still = await MeasureHttp2Async(context => context.Response.WriteAsync("ok"));

        Compare("HTTP/2, a body without an end", endless, still, Http2Bound);
    }

    private static async Task<MemoryUse> MeasureHttp2Async(RequestDelegate answer)
    {
        await using var server = await TlsServer.StartAsync(HttpProtocols.Http2, answer: answer);
        var file = Path.GetTempFileName();

        try
        {
            await File.WriteAllBytesAsync(file, server.Certificate.Export(X509ContentType.Cert));
            return await MemoryUse.MeasureAsync(server.Url, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        var bytes = new byte[65_536];

        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(bytes);
        }
    }

    private void Compare(string name, MemoryUse hungry, MemoryUse still, long bound)
    {
        var more = hungry.Allocated - still.Allocated;
        output.WriteLine($"{name}: {more / 1024.0:0.0} KiB more than {still.Allocated / 1024.0:0.0} KiB; {hungry.Outcomes}");

        Assert.Equal("success", still.Outcomes);
        Assert.True(more <= bound, $"{more / 1024} KiB more for each attempt than at a quiet receiver");
    }
}

/// <summary>What all are compared with, measured once.</summary>
public sealed class QuietReceiver : IAsyncLifetime
{
    internal MemoryUse Use { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await using var server = HungryReceivers.Start(HungryReceivers.Quiet);
        Use = await MemoryUse.MeasureAsync(server.Url);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
