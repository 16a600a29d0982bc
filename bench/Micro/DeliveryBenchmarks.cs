using System.Net;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Signing;
using Waybill.Hosting.Egress;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.Signing;

namespace Waybill.Micro;

/// <summary>What the worker does around each call to a receiver.</summary>
public class DeliveryBenchmarks
{
    private static readonly IPAddress PublicAddress = IPAddress.Parse("203.0.114.7");
    private static readonly IPAddress AllowedAddress = IPAddress.Parse("10.20.0.7");

    private readonly EgressGuard _guard = new(Options.Create(new EgressOptions { AllowedCidrs = ["10.20.0.0/16"] }));
    private readonly Signer _signer = new(SigningWithOneSecret(), new Sealer([]));

    [Params(200, 503)]
    public int StatusCode { get; set; }

    [Benchmark]
    public string? Sign() => _signer.Sign("alice", Samples.Accept.Id, 1_767_225_600, Samples.Payload);

    [Benchmark]
    public object Classify() => Classification.Of(StatusCode);

    [Benchmark]
    public object? JudgePublicAddress() => _guard.JudgeAddress(PublicAddress);

    [Benchmark]
    public object? JudgeAllowedAddress() => _guard.JudgeAddress(AllowedAddress);

    private static IOptionsMonitor<SigningOptions> SigningWithOneSecret()
    {
        var secret = SigningSecret.Prefix + Convert.ToBase64String(new byte[SigningSecret.MinBytes]);
        var services = new ServiceCollection();
        services.Configure<SigningOptions>(options => options.Owners["alice"] = new OwnerSecrets { Secrets = { secret } });

        return services.BuildServiceProvider().GetRequiredService<IOptionsMonitor<SigningOptions>>();
    }
}
