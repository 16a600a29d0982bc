namespace Aspire.Hosting;

/// <summary>Where <see cref="WaybillBuilderExtensions.AddWaybill"/> takes Waybill from, and how it is set up.</summary>
public sealed class WaybillHostingOptions
{
    /// <summary>
    /// The folder of a clone of Waybill, absolute or from the AppHost's folder: its services are built and run from there, on emulators of DynamoDB and SQS, without
    /// containers. Null, the default: container images. The setting <c>Waybill:Clone</c> of the AppHost's configuration goes before it.
    /// </summary>
    public string? Clone { get; set; }

    /// <summary>The registry that has the images <c>waybill/intake</c>, <c>waybill/status</c>, <c>waybill/worker</c> and <c>waybill/provision</c>; null, the default: those of the container engine.</summary>
    public string? Registry { get; set; }

    /// <summary>The images' tag; unless given, the version of this package.</summary>
    public string? Tag { get; set; }

    /// <summary>
    /// A folder in which the clone's emulators keep their data, absolute or from the AppHost's folder; one AppHost at a time may use it. Null, the default: in memory, gone with the AppHost.
    /// </summary>
    public string? DataFolder { get; set; }

    /// <summary>
    /// Networks that may be called though they are special, as CIDR; others are refused, as a receiver's URL comes from outside. By default this machine's, and the private ones of
    /// containers.
    /// </summary>
    public IList<string> AllowedCidrs { get; } = ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
}
