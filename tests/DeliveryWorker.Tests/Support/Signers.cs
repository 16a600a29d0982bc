using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Signing;
using Waybill.Notifications.Sealing;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>The production signer, configured as a deployment does.</summary>
internal static class Signers
{
    /// <summary>For the owner of <see cref="A.Record"/>.</summary>
    public static Signer With(params string[] secrets) => With([], secrets);

    /// <summary>The same, with keys that open secrets of endpoints.</summary>
    public static Signer With(IReadOnlyList<SealingKey> sealing, params string[] secrets)
    {
        var settings = secrets.Select((secret, index) => KeyValuePair.Create($"Owners:shop:Secrets:{index}", (string?)secret));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().Configure<SigningOptions>(configuration).BuildServiceProvider();

        return new Signer(services.GetRequiredService<IOptionsMonitor<SigningOptions>>(), new Sealer(sealing));
    }
}
