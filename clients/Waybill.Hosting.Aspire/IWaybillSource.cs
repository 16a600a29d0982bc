using Aspire.Hosting.ApplicationModel;

namespace Waybill.Hosting.Aspire;

/// <summary>Where services come from: each a resource with an endpoint <c>http</c>, which is healthy once it answers <c>/health</c>.</summary>
internal interface IWaybillSource<T>
    where T : class, IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithWaitSupport
{
    EndpointReference DynamoDb { get; }

    EndpointReference Sqs { get; }

    /// <summary>The service, which waits until table and queues are there.</summary>
    /// <param name="service">A name of <see cref="WaybillServiceNames"/>.</param>
    IResourceBuilder<T> Add(string service);

    /// <summary>The status service's second port, for the other two.</summary>
    EndpointReference AddInternalApi(IResourceBuilder<T> status);
}

/// <summary>As images and resources call them.</summary>
internal static class WaybillServiceNames
{
    public const string Status = "status";
    public const string Intake = "intake";
    public const string Worker = "worker";
}
