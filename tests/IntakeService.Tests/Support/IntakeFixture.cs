using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>One set of services for all tests that disturb none of them.</summary>
public sealed class IntakeFixture : IAsyncLifetime
{
    public IntakeSetup Setup { get; private set; } = null!;

    public IntakeClient Alice { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Longer than the defaults, as the machine may be busy with other things.
        Setup = await IntakeSetup.StartAsync(("StatusService__TimeoutSeconds", "30"), ("Queue__SendTimeoutSeconds", "10"));
        Alice = Setup.ClientWith(TestKeys.Alice);
        await CheckThatWhatIsTakenIsStoredAsync();
    }

    public Task DisposeAsync() => Setup.DisposeAsync().AsTask();

    /// <summary>Where that is not so, all tests here fail, and none of them says why.</summary>
    private async Task CheckThatWhatIsTakenIsStoredAsync()
    {
        var reply = await Alice.AcceptedAsync("""{"url":"http://127.0.0.1:9/hook"}""");

        if (await Setup.Status.Client.GetAsync(reply.Id, CancellationToken.None) is null)
        {
            throw new InvalidOperationException(
                $"""
                 Intake on {Setup.Intake.Url} answered {reply}, and there is no such record at the status service on {Setup.Status.InternalUrl}.
                 The table on {Setup.Backends.DynamoDb.Endpoint} has {(await Setup.ItemsAsync(reply.Id)).Count} items of it. Intake printed:
                 {Setup.Intake.Printed}
                 The status service printed:
                 {Setup.Status.Process.Printed}
                 """);
        }
    }
}

[CollectionDefinition(Name)]
public sealed class IntakeCollection : ICollectionFixture<IntakeFixture>
{
    public const string Name = "One intake service";
}
