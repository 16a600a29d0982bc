using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Local.Tests.Emulators;

public sealed class EmulatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Both_keep_what_they_acknowledged_over_a_crash()
    {
        await using var backends = await LocalBackends.StartAsync(new LocalBackendsOptions { DataFolder = _folder.FullPath });
        await backends.CreateTableAsync();
        var queueUrl = await backends.CreateQueueAsync();

        for (var i = 0; i < 50; i++)
        {
            await backends.PutAsync($"item-{i}");
            await backends.SqsClient.SendMessageAsync(queueUrl, $"message-{i}");
        }

        await Task.WhenAll(backends.DynamoDb.KillAsync(), backends.Sqs.KillAsync());
        await Task.WhenAll(backends.DynamoDb.StartAsync(), backends.Sqs.StartAsync());

        Assert.Equal(50, await backends.CountItemsAsync());
        Assert.Equal(50, await backends.CountMessagesAsync(queueUrl));
    }

    [Fact]
    public async Task Both_keep_their_data_over_a_stop_and_the_endpoints_stay()
    {
        await using var backends = await LocalBackends.StartAsync(new LocalBackendsOptions { DataFolder = _folder.FullPath });
        var endpoints = (backends.DynamoDb.Endpoint, backends.Sqs.Endpoint);
        await backends.CreateTableAsync();
        await backends.PutAsync("item");
        var queueUrl = await backends.CreateQueueAsync();
        await backends.SqsClient.SendMessageAsync(queueUrl, "message");

        await Task.WhenAll(backends.DynamoDb.StopAsync(), backends.Sqs.StopAsync());
        Assert.Null(backends.DynamoDb.ProcessId);
        Assert.Null(backends.Sqs.ProcessId);
        await Task.WhenAll(backends.DynamoDb.StartAsync(), backends.Sqs.StartAsync());

        Assert.Equal(endpoints, (backends.DynamoDb.Endpoint, backends.Sqs.Endpoint));
        Assert.Equal(1, await backends.CountItemsAsync());
        Assert.Equal(1, await backends.CountMessagesAsync(queueUrl));
    }

    [Fact]
    public async Task Without_a_data_folder_nothing_outlives_the_process()
    {
        await using var backends = await LocalBackends.StartAsync();
        await backends.CreateTableAsync();

        await backends.DynamoDb.KillAsync();
        await backends.DynamoDb.StartAsync();

        await Assert.ThrowsAsync<ResourceNotFoundException>(backends.CountItemsAsync);
    }

    [Fact]
    public async Task Both_listen_on_loopback_only()
    {
        await using var backends = await LocalBackends.StartAsync();

        var dynamoDb = LinuxProcess.ListeningAddresses(backends.DynamoDb.ProcessId!.Value);
        var sqs = LinuxProcess.ListeningAddresses(backends.Sqs.ProcessId!.Value);

        Assert.Equal([$"0100007F:{backends.DynamoDb.Endpoint.Port:X4}"], dynamoDb);
        Assert.Equal([$"0100007F:{backends.Sqs.Endpoint.Port:X4}"], sqs);
    }

    [Fact]
    public async Task Disposing_ends_both()
    {
        var backends = await LocalBackends.StartAsync();
        int[] processes = [backends.DynamoDb.ProcessId!.Value, backends.Sqs.ProcessId!.Value];

        await backends.DisposeAsync();

        Assert.All(processes, process => Assert.False(LinuxProcess.IsRunning(process)));
    }

    [Fact]
    public async Task Both_end_when_their_parent_is_killed()
    {
        using var parent = TestProcess.StartOwn("hold-emulators");
        var line = await parent.LineWithAsync(" ");
        var emulators = line.Split(' ').Select(int.Parse).ToArray();
        Assert.All(emulators, process => Assert.True(LinuxProcess.IsRunning(process)));

        parent.Kill();

        foreach (var emulator in emulators)
        {
            await Eventually.HoldsAsync(() => !LinuxProcess.IsRunning(emulator), $"emulator {emulator} ends with its parent");
        }
    }

    [Theory]
    [InlineData("DynamoDB")]
    [InlineData("SQS")]
    public async Task A_port_in_use_is_named(string which)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var commands = new EmulatorCommands(await LocalTools.EnsureInstalledAsync(), dataFolder: null);
        await using var emulator = which == "SQS" ? commands.Sqs(port) : commands.DynamoDb(port);

        var error = await Assert.ThrowsAsync<LocalToolsException>(() => emulator.StartAsync());

        Assert.Contains($"The {which} emulator on http://127.0.0.1:{port}/ ended at its start", error.Message, StringComparison.Ordinal);
        Assert.Contains("already in use", error.Message, StringComparison.Ordinal);
        Assert.True(error.PortWasTaken);
        Assert.Null(emulator.ProcessId);
    }

    public void Dispose() => _folder.Dispose();
}
