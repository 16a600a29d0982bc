using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Dashboard;

/// <summary>A resource as a message of aspire.v1; the numbers are its field numbers.</summary>
internal static class ResourceMessage
{
    public static ProtobufWriter From(ResourceEvent update)
    {
        var snapshot = update.Snapshot;

        var message = new ProtobufWriter()
            .Text(1, update.ResourceId)
            .Text(2, snapshot.ResourceType)
            .Text(3, update.Resource.Name)
            .Text(4, update.ResourceId)
            .Text(5, snapshot.State?.Text)
            .Time(6, snapshot.CreationTimeStamp)
            .Text(14, snapshot.State?.Style)
            .Time(18, snapshot.StartTimeStamp)
            .Time(19, snapshot.StopTimeStamp);

        foreach (var variable in snapshot.EnvironmentVariables)
        {
            message.Message(7, new ProtobufWriter().Text(1, variable.Name).Text(2, variable.Value).Flag(3, variable.IsFromSpec));
        }

        foreach (var property in snapshot.Properties.Concat(ParentOf(update.Resource)))
        {
            message.Message(12, From(property));
        }

        foreach (var url in snapshot.Urls)
        {
            message.Message(13, From(url));
        }

        foreach (var report in snapshot.HealthReports)
        {
            message.Message(17, From(report));
        }

        foreach (var relationship in Relationships(update.Resource))
        {
            message.Message(20, new ProtobufWriter().Text(1, relationship.Resource.Name).Text(2, relationship.Type));
        }

        if (update.Resource is ProjectResource or ExecutableResource)
        {
            ResourceCommands.Add(message, snapshot.State?.Text);
        }

        return message;
    }

    private static ProtobufWriter From(ResourcePropertySnapshot property)
    {
        const int StringValue = 3;
        var text = Convert.ToString(property.Value, CultureInfo.InvariantCulture) ?? "";

        return new ProtobufWriter()
            .Text(1, property.Name)
            .Message(3, new ProtobufWriter().Text(StringValue, text))
            .Flag(4, property.IsSensitive);
    }

    private static ProtobufWriter From(UrlSnapshot url) => new ProtobufWriter()
        .Text(1, url.Name)
        .Text(2, url.Url)
        .Flag(3, url.IsInternal)
        .Message(5, new ProtobufWriter().Number(1, url.DisplayProperties.SortOrder).Text(2, url.DisplayProperties.DisplayName));

    private static ProtobufWriter From(HealthReportSnapshot report)
    {
        var message = new ProtobufWriter();

        if (report.Status is { } status)
        {
            message.Number(1, status switch { HealthStatus.Healthy => 0, HealthStatus.Unhealthy => 1, _ => 2 });
        }

        return message
            .Text(2, report.Name)
            .Text(3, report.Description)
            .Text(4, report.ExceptionText)
            .Time(5, report.LastRunAt);
    }

    /// <summary>The dashboard nests a resource by this property, not by its relationship.</summary>
    private static IEnumerable<ResourcePropertySnapshot> ParentOf(IResource resource) => Relationships(resource)
        .Where(relationship => relationship.Type == KnownRelationshipTypes.Parent)
        .Select(relationship => new ResourcePropertySnapshot("resource.parentName", ResourceInstance.ResourceId(relationship.Resource)))
        .TakeLast(1);

    private static IEnumerable<ResourceRelationshipAnnotation> Relationships(IResource resource) => resource.Annotations
        .OfType<ResourceRelationshipAnnotation>()
        .DistinctBy(relationship => (relationship.Resource.Name, relationship.Type));
}
