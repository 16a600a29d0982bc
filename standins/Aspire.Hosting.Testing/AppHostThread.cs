using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

/// <summary>Runs the AppHost's Main on a thread of its own, up to Build().</summary>
internal static class AppHostThread
{
    public static async Task<IDistributedApplicationTestingBuilder> StartAsync(
        MethodInfo main,
        string[] args,
        AppHostInterception interception,
        CancellationToken cancellationToken)
    {
        var thread = new Thread(() => Run(main, args, interception))
        {
            IsBackground = true,
            Name = $"Main of {interception.Assembly.GetName().Name}",
        };

        thread.Start();

        var builder = await interception.Builder.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        builder.Services.AddHttpClient();
        return new TestingBuilder(builder, interception);
    }

    private static void Run(MethodInfo main, string[] args, AppHostInterception interception)
    {
        AppHostInterception.Current = interception;

        try
        {
            object?[] arguments = main.GetParameters().Length == 0 ? [] : [args];

            if (main.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null) is Task task)
            {
                task.GetAwaiter().GetResult();
            }

            interception.Fail(new InvalidOperationException("The AppHost's Main ended before it built an application."));
        }
        catch (Exception exception)
        {
            interception.Fail(exception);
        }
    }
}
