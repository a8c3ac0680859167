"""Opens files nobody has checked: runs only in a child process that `imports.reading` starts.

Nothing here may import Django or pandas: the child starts for every upload, and starts fast.
"""
