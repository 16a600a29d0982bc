using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waybill.LocalAws;

namespace Waybill.Bench.Receiving;

/// <summary>Answers every call at once, unless the scenario says otherwise, and notes when it came. Its URLs end in <c>/run/number</c>.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Func<ReceivedCall, ValueTask<int>>? _answer;
    private volatile CallLog _log = new("", 0);

    private Receiver(WebApplication server, Func<ReceivedCall, ValueTask<int>>? answer, IReadOnlyList<Uri> hosts)
    {
        _server = server;
        _answer = answer;
        Hosts = hosts;
    }

    /// <summary>Hosts in one block of loopback addresses, whose last number they count.</summary>
    private const int HostsInBlock = 250;

    public IReadOnlyList<Uri> Hosts { get; }

    public static async Task<Receiver> StartAsync(int hosts, Func<ReceivedCall, ValueTask<int>>? answer)
    {
        var port = LoopbackPort.Pick();
        var urls = Enumerable.Range(0, hosts).Select(host => new Uri($"http://127.0.{host / HostsInBlock}.{(host % HostsInBlock) + 1}:{port}")).ToList();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls([.. urls.Select(url => url.ToString())]);

        var receiver = new Receiver(builder.Build(), answer, urls);
        receiver._server.Run(receiver.ReceiveAsync);
        await receiver._server.StartAsync();
        return receiver;
    }

    /// <summary>From now on calls of that load are noted in a new log, and those of any other are not.</summary>
    public CallLog Expect(string run, int count) => _log = new CallLog(run, count);

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var arrived = Stopwatch.GetTimestamp();
        await context.Request.Body.CopyToAsync(Stream.Null);

        var log = _log;
        var path = context.Request.Path.Value!.Split('/');

        if (path.Length != 3 || path[1] != log.Run)
        {
            return;
        }

        var number = int.Parse(path[2], CultureInfo.InvariantCulture);
        var call = log.Note(number, arrived);

        if (_answer is not null)
        {
            context.Response.StatusCode = await _answer(new ReceivedCall(number, call, context.Request.Host.Host));
        }
    }
}
