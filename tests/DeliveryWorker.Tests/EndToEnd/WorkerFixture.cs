using System.Globalization;
using Amazon.SQS.Model;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.LocalAws;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Events;
using Waybill.Notifications.Storage;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

/// <summary>Emulators, a status service, a receiver and workers, each real; each test has notifications of its own.</summary>
public sealed class WorkerFixture : IAsyncLifetime
{
    /// <summary>Named by a message sent at the start, as the way to the dead-letter queue takes a while.</summary>
    public const string UnknownId = "ntf_00000000000000000000000000";

    private QueueSender _sender = null!;

    public LocalBackends Backends { get; private set; } = null!;

    public StatusServiceHost Status { get; private set; } = null!;

    public RunningReceiver Receiver { get; } = new();

    public ServiceProcess Worker { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Receiver.InitializeAsync();
        Backends = await LocalBackends.StartAsync();
        await ProvisionAsync(QueueDefinition.DefaultName);
        Status = await StatusServiceHost.StartAsync(Backends);
        _sender = await QueueSender.StartAsync(Backends);
        Worker = await StartWorkerAsync();
        await SendAsync(UnknownId);
    }

    public async Task DisposeAsync()
    {
        await Worker.DisposeAsync();
        await _sender.DisposeAsync();
        await Status.DisposeAsync();
        await Backends.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    public Task ProvisionAsync(string queueName) =>
        new Provisioner(Backends.DynamoDbClient, Backends.SqsClient).ProvisionAsync(TableDefinition.DefaultName, queueName);

    /// <summary>Within the test's process.</summary>
    public Task<ServiceInProcess> StartInProcessAsync(params (string Name, string Value)[] settings) =>
        ServiceInProcess.StartAsync("DeliveryWorker", WorkerEnvironment(settings));

    public Task<ServiceProcess> StartWorkerAsync(params (string Name, string Value)[] settings) =>
        ServiceProcess.StartAsync("DeliveryWorker", WorkerEnvironment(settings));

    /// <summary>Intake, whose Dispatcher sends what is due.</summary>
    public Task<ServiceProcess> StartIntakeAsync(string queueName) =>
        ServiceProcess.StartAsync("IntakeService", new Dictionary<string, string>(Backends.EnvironmentVariables.Concat(Status.ClientEnvironment))
        {
            ["Queue__QueueName"] = queueName,
        });

    private Dictionary<string, string> WorkerEnvironment(params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>(Backends.EnvironmentVariables.Concat(Status.ClientEnvironment))
        {
            ["Egress__AllowedCidrs__0"] = "127.0.0.0/8",
            ["Signing__Owners__alice__Secrets__0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        };

        foreach (var (name, value) in TestKeys.SealingConfiguration.Select(key => (key.Key, key.Value)).Concat(settings))
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>Stores a notification and puts it into the queue.</summary>
    public async Task<string> SubmitAsync(
        string url, int timeoutSeconds = 15, string queueName = QueueDefinition.DefaultName, IReadOnlyList<int>? retrySchedule = null)
    {
        var submission = Submissions.New(url: url) with { TimeoutSeconds = timeoutSeconds, RetrySchedule = retrySchedule };
        var accepted = await Status.Client.AcceptAsync(submission, CancellationToken.None);
        var id = accepted.Record!.Id;

        await _sender.SendAsync(queueName, id, HostKey.Of(url));
        return id;
    }

    /// <summary>Stores an endpoint with that URL, and an event for it alone; and puts it into the queue.</summary>
    /// <returns>The endpoint's secret, and the event's notification.</returns>
    public async Task<(string Secret, NotificationRecord Notification)> PublishAsync(string url, string queueName = QueueDefinition.DefaultName, IReadOnlyList<int>? retrySchedule = null)
    {
        var now = DateTimeOffset.UtcNow;
        var creation = new CreateEndpointRequest
        {
            Key = new EndpointKey("alice", $"t{Guid.NewGuid():N}", EndpointId.New(now)),
            Url = url,
            Types = ["*"],
            Headers = new Dictionary<string, string>(),
            TimeoutSeconds = DeliveryTiming.DefaultTimeoutSeconds,
            RetrySchedule = retrySchedule,
            Fingerprint = "fingerprint",
        };
        var happened = new AcceptEventRequest
        {
            Id = EventIds.New(now),
            Owner = creation.Key.Owner,
            Tenant = creation.Key.Tenant,
            Type = "order.paid",
            ContentType = "application/json",
            Body = "{}"u8.ToArray(),
            Fingerprint = "fingerprint of an event",
        };

        var secret = (await Status.Endpoints.CreateAsync(creation, CancellationToken.None)).Answer!.Secret!;
        var notification = (await Status.Client.AcceptAsync(happened, CancellationToken.None)).Answer!.Notifications.Single();

        await _sender.SendAsync(queueName, notification.Id, HostKey.Of(url));
        return (secret, notification);
    }

    /// <summary>A message as intake sends it.</summary>
    public Task SendAsync(NotificationRecord record, string queueName) => _sender.SendAsync(queueName, record.Id, HostKey.Of(record.Url), EventTarget.Of(record));

    /// <summary>A message that does not say where the notification goes.</summary>
    public Task SendAsync(string id, string queueName = QueueDefinition.DefaultName) => _sender.SendAsync(queueName, id, host: null);

    public async Task<NotificationRecord> ReadAsync(string id) =>
        await Status.Client.GetAsync(id, CancellationToken.None) ?? throw new InvalidOperationException($"There is no {id}.");

    public Task<NotificationRecord> BecomesAsync(string id, Func<NotificationRecord, bool> expected) =>
        Eventually.BecomesAsync(() => ReadAsync(id), expected);

    public Task<NotificationRecord> HasResultAsync(string id) => BecomesAsync(id, record => record.DeliveryResult is not null);

    /// <summary>Waits until that many requests for the notification have arrived.</summary>
    public Task ArrivesAsync(string id, int times = 1) =>
        Eventually.BecomesAsync(() => Task.FromResult(Receiver.ReceivedFor(id).Count), count => count >= times);

    /// <summary>Waits until the queue holds nothing, visible or in hand.</summary>
    public Task EmptiesAsync(string queueName) => Eventually.BecomesAsync(() => CountAsync(queueName), count => count == 0);

    /// <summary>Visible, in hand and delayed messages.</summary>
    public async Task<int> CountAsync(string queueName)
    {
        var url = (await Backends.SqsClient.GetQueueUrlAsync(queueName)).QueueUrl;
        var attributes = await Backends.SqsClient.GetQueueAttributesAsync(url, ["All"]);

        return new[] { "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed" }
            .Sum(name => int.Parse(attributes.Attributes[name], CultureInfo.InvariantCulture));
    }

    public async Task<Message?> ReceiveDeadLetterAsync()
    {
        var url = (await Backends.SqsClient.GetQueueUrlAsync(QueueDefinition.DeadLetterName(QueueDefinition.DefaultName))).QueueUrl;
        var answer = await Backends.SqsClient.ReceiveMessageAsync(new ReceiveMessageRequest(url) { WaitTimeSeconds = 1 });
        return answer.Messages?.FirstOrDefault();
    }
}

[CollectionDefinition(Name)]
public sealed class WorkerCollection : ICollectionFixture<WorkerFixture>
{
    public const string Name = "One worker";
}
