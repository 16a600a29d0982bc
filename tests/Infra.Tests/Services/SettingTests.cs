using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Waybill.Infra.Tests.Support;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Services;

/// <summary>Rules out a task definition that the service itself does not start with, and a secret that anybody with the console can read.</summary>
[Collection(DeployedCollection.Name)]
public sealed partial class SettingTests(DeployedFixture deployed)
{
    private const string InternalKey = "the-key-between-the-services";

    [Fact]
    public void What_is_secret_comes_from_the_secrets_and_nothing_else_does()
    {
        var plain = AllContainers.SelectMany(Tasks.Environment).Select(variable => variable.Key).Where(name => SecretName().IsMatch(name));
        Assert.Empty(plain);

        Assert.Equal(
        [
            "intake: ApiKeys__Keys__0__ExpiresAt ApiKeys__Keys__0__Name ApiKeys__Keys__0__Owner ApiKeys__Keys__0__Role ApiKeys__Keys__0__Sha256 StatusService__InternalKey",
            "status: ApiKeys__Keys__0__ExpiresAt ApiKeys__Keys__0__Name ApiKeys__Keys__0__Owner ApiKeys__Keys__0__Role ApiKeys__Keys__0__Sha256 " +
            "ApiKeys__Keys__1__Sha256 ApiKeys__Keys__2__Sha256 Page__SessionSecret Sealing__Keys__0__Id Sealing__Keys__0__Key",
            "worker: Sealing__Keys__0__Id Sealing__Keys__0__Key Signing__Owners__acme__Secrets__0 Signing__Owners__acme__Secrets__1 StatusService__InternalKey",
        ], AllContainers.Select(container => $"{Tasks.Name(container)}: {string.Join(' ', Tasks.Secrets(container).Keys.Order())}").Order());
    }

    [Fact]
    public void Every_setting_of_a_task_is_one_that_the_document_lists()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs/settings.md"));
        var settings = AllContainers
            .SelectMany(container => Tasks.Environment(container).Keys.Concat(Tasks.Secrets(container).Keys))
            .Where(name => !PlatformName().IsMatch(name))
            .Select(name => Number().Replace(name, ":n").Replace("__", ":", StringComparison.Ordinal).Replace(":acme:", ":key:", StringComparison.Ordinal))
            .Distinct();

        Assert.All(settings, setting => Assert.Contains($"| `{setting}` |", document, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_services_start_with_what_their_task_definitions_give_them_and_intake_and_worker_may_ask_the_status_service()
    {
        await using var backends = await LocalBackends.StartAsync();
        await new Provisioner(backends.DynamoDbClient, backends.SqsClient).ProvisionAsync();
        var internalPort = LoopbackPort.Pick();

        await using var status = await Start("status", "StatusService", backends, internalPort);
        await using var intake = await Start("intake", "IntakeService", backends, internalPort);
        await using var worker = await Start("worker", "DeliveryWorker", backends, internalPort);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{internalPort}/internal/v1/due/0");
        request.Headers.Authorization = new("Bearer", InternalKey);
        using var answer = await http.SendAsync(request);

        Assert.NotEqual(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.NotEqual(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }

    /// <summary>An endpoint's URL is told to be refused when it is given, and not at its first delivery.</summary>
    [Fact]
    public void Intake_judges_URLs_by_the_settings_that_the_worker_judges_by()
    {
        string[] Egress(string name) => [.. Tasks.Environment(Tasks.Service(deployed.Waybill, name)).Where(setting => setting.Key.StartsWith("Egress__", StringComparison.Ordinal)).Select(setting => $"{setting.Key}={setting.Value}").Order()];
        Assert.Equal(Egress("worker"), Egress("intake"));
    }

    private IEnumerable<System.Text.Json.Nodes.JsonObject> AllContainers =>
        new[] { "intake", "status", "worker" }.Select(name => Tasks.Service(deployed.Waybill, name));

    /// <summary>The variables of the task, but for the addresses, which are those of this machine.</summary>
    private Task<ServiceProcess> Start(string name, string project, LocalBackends backends, int internalPort)
    {
        var container = Tasks.Service(deployed.Waybill, name);
        var environment = Tasks.Environment(container);

        foreach (var (variable, (_, field)) in Tasks.Secrets(container))
        {
            environment[variable] = ValueOf(field);
        }

        foreach (var (variable, value) in backends.EnvironmentVariables)
        {
            environment[variable] = value;
        }

        environment.Remove("OTEL_EXPORTER_OTLP_ENDPOINT");

        if (environment.ContainsKey("InternalApi__Host"))
        {
            environment["InternalApi__Host"] = "127.0.0.1";
            environment["InternalApi__Port"] = $"{internalPort}";
        }
        else
        {
            environment["StatusService__InternalUrl"] = $"http://127.0.0.1:{internalPort}";
        }

        return ServiceProcess.StartAsync(project, environment);
    }

    /// <summary>What docs/deploy.md has people put into the field.</summary>
    private static string ValueOf(string field) => field switch
    {
        "Key" => InternalKey,
        "Sha256" or "PreviousSha256" => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(InternalKey))),
        "SessionSecret" => new string('s', 64),
        "0_Name" => "orders",
        "0_Owner" => "acme",
        "0_Role" => "client",
        "0_Sha256" => new string('a', 64),
        "0_ExpiresAt" => "",
        "0_Id" => "2026-12",
        "0_Key" => Convert.ToBase64String(new byte[32]),
        "acme_0" or "acme_1" => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "The guide does not name it."),
    };

    [GeneratedRegex("Sha256$|InternalKey$|SessionSecret$|Secrets__|^Sealing__")]
    private static partial Regex SecretName();

    /// <summary>Settings of .NET, of the AWS SDK and of OpenTelemetry.</summary>
    [GeneratedRegex("^(ASPNETCORE|AWS|DOTNET|OTEL)_|^Logging__")]
    private static partial Regex PlatformName();

    [GeneratedRegex("__[0-9]+")]
    private static partial Regex Number();
}
